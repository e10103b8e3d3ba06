using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Dwapi.Edge.Printers.Connections;

/// <summary>A WebSocket of a printer that carries one JSON object a message, of a limited size.</summary>
internal sealed class PrinterSocket(Func<PrinterException> stranger) : IDisposable
{
    private const int LargestMessage = 4 << 20;

    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _socket = new();
    private byte[] _buffer = new byte[16 * 1024];

    /// <summary>Connects.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="apiKey">Sent as X-Api-Key; null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PrinterException">It cannot be had.</exception>
    public Task ConnectAsync(Uri address, string? apiKey, CancellationToken cancellationToken)
    {
        _socket.Options.KeepAliveInterval = SignOfLife;
        _socket.Options.KeepAliveTimeout = SignOfLife;
        if (apiKey is not null)
            _socket.Options.SetRequestHeader("X-Api-Key", apiKey);
        _socket.Options.CollectHttpResponseDetails = true;
        return GuardAsync(async () =>
        {
            try
            {
                await _socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            }
            catch (WebSocketException e) when (_socket.HttpStatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            {
                throw new PrinterException(PrinterFault.Unauthorized, "the printer does not let us in. Check its key.", e);
            }

            return true;
        });
    }

    /// <summary>Sends a message.</summary>
    /// <exception cref="PrinterException">The connection broke.</exception>
    public Task SendAsync(JsonObject message, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var utf8 = Encoding.UTF8.GetBytes(message.ToJsonString());
        await _socket.SendAsync(utf8, WebSocketMessageType.Text, endOfMessage: true, cancellationToken).ConfigureAwait(false);
        return true;
    });

    /// <summary>Receives the next message.</summary>
    /// <exception cref="PrinterException">The connection broke or was closed, or what came is no object or too large.</exception>
    public async Task<JsonObject> ReceiveAsync(CancellationToken cancellationToken) =>
        Parse(await ReceiveUtf8Async(cancellationToken).ConfigureAwait(false));

    /// <summary>A message that was received, as an object.</summary>
    /// <exception cref="PrinterException">It is none.</exception>
    public JsonObject Parse(ReadOnlyMemory<byte> message) => PrinterJson.Parse(message.Span) ?? throw stranger();

    /// <summary>Receives the next message as it came.</summary>
    /// <returns>Its bytes, which stand until the next one is received.</returns>
    /// <exception cref="PrinterException">The connection broke or was closed, or what came is too large.</exception>
    public Task<ReadOnlyMemory<byte>> ReceiveUtf8Async(CancellationToken cancellationToken) => GuardAsync<ReadOnlyMemory<byte>>(async () =>
    {
        var length = 0;
        while (true)
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close)
                throw new PrinterException(PrinterFault.Unreachable, "the printer closed the connection");
            length += part.Count;
            if (part.EndOfMessage)
                return _buffer.AsMemory(0, length);
            if (length >= LargestMessage)
                throw stranger();
            if (length == _buffer.Length)
                Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    });

    public void Dispose() => _socket.Dispose();

    private static async Task<T> GuardAsync<T>(Func<Task<T>> use)
    {
        try
        {
            return await use().ConfigureAwait(false);
        }
        catch (WebSocketException e)
        {
            throw new PrinterException(PrinterFault.Unreachable, $"the connection to the printer broke: {(e.InnerException ?? e).Message}", e);
        }
    }
}
