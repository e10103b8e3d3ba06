using System.Net.Sockets;

namespace Dwapi.Edge.Printers.Ipp;

/// <summary>
/// A connection to a printer that is never ended in order but reset, also when this process is killed. The samples of the PWG take an upload for whole
/// when its line ends in order, whatever length it stated, and print what came; one that is reset they abort.
/// </summary>
internal sealed class IppLine : NetworkStream
{
    private IppLine(Socket socket)
        : base(socket, ownsSocket: true)
    {
    }

    /// <summary>Connects.</summary>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new LingerOption(true, 0) };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            return new IppLine(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // The base would first say that no more comes, which is an end in order.
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Socket.Dispose();
        base.Dispose(disposing);
    }
}
