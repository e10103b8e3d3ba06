using System.Text;
using Dwapi.Bench.Bare;
using Dwapi.Bench.Servers;

namespace Dwapi.Bench.Load;

/// <summary>Opens the sockets of applications.</summary>
internal static class ApplicationSocket
{
    private const string Path = "/gotapi/websocket";

    /// <summary>A GotAPI-5 socket after its handshake.</summary>
    public static async Task<WebSocketConnection> Open(int port, string token, string? origin = null)
    {
        var socket = await WebSocketConnection.Open(port, Path, origin ?? ProductHost.Origin);
        await socket.Send($$"""{"accessToken":"{{token}}"}""");
        await Expect(socket);
        return socket;
    }

    /// <summary>A socket of the bare server.</summary>
    public static async Task<WebSocketConnection> OpenBare(int port)
    {
        var socket = await WebSocketConnection.Open(port, BareServer.ApplicationPath, ProductHost.Origin);
        await Expect(socket);
        return socket;
    }

    private static async Task Expect(WebSocketConnection socket)
    {
        var answer = Encoding.UTF8.GetString((await socket.Receive()).Span);
        if (!answer.StartsWith("{\"result\":0", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The socket was refused: " + answer);
        }
    }
}
