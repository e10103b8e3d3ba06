using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Dwapi.Bench.Bare;

/// <summary>The plug-in link as a bare loop: read a message, scan its JSON once, commit it if asked to, acknowledge, pass it on.</summary>
internal sealed class BareLink(BareSockets sockets, BareDatabase? database)
{
    private const int Credit = 4_000;

    private readonly List<BareItem> _items = [];
    private byte[] _buffer = new byte[64 * 1024];

    public async Task Serve(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        try
        {
            // HELLO.
            await Receive(socket, context.RequestAborted);
            await Send(socket, $$"""{"method":"WELCOME","product":"bare","version":"1","receiver":"bare","credit":{{Credit}},"position":0,"pingInterval":5}""", context.RequestAborted);
            while (true)
            {
                var message = await Receive(socket, context.RequestAborted);
                Scan(message.Span);
                if (_items.Count == 0)
                {
                    continue;
                }

                if (database is not null)
                {
                    // Passed as a copy, as a server that reads on has to.
                    await database.Commit(message.ToArray(), [.. _items]);
                }

                foreach (var item in _items)
                {
                    sockets.Publish(message.Slice(item.Start, item.Length));
                }

                await Send(
                    socket, $$"""{"method":"ACK","sequence":{{_items[^1].Sequence}},"credit":{{_items.Count}},"refused":[]}""", context.RequestAborted);
            }
        }
        catch (Exception end) when (end is WebSocketException or OperationCanceledException or IOException)
        {
            // The other side has gone.
        }
    }

    private void Scan(ReadOnlySpan<byte> message)
    {
        _items.Clear();
        var json = new Utf8JsonReader(message);
        var start = 0;
        var sequence = 0L;
        while (json.Read())
        {
            switch (json.TokenType)
            {
                case JsonTokenType.StartObject when json.CurrentDepth == 2:
                    start = (int)json.TokenStartIndex;
                    break;
                case JsonTokenType.PropertyName when json.CurrentDepth == 3 && json.ValueTextEquals("sequence"u8):
                    json.Read();
                    sequence = json.GetInt64();
                    break;
                case JsonTokenType.EndObject when json.CurrentDepth == 2 && sequence > 0:
                    _items.Add(new BareItem(sequence, start, (int)json.BytesConsumed - start));
                    sequence = 0;
                    break;
            }
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> Receive(WebSocket socket, CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                throw new IOException("Closed.");
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return _buffer.AsMemory(0, length);
            }
        }
    }

    private static ValueTask Send(WebSocket socket, string text, CancellationToken cancellationToken) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
}
