using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Dwapi.VirtualPrinters;

/// <summary>One WebSocket of a client: JSON-RPC calls, subscribed objects, notifications.</summary>
internal sealed class MoonrakerSocket(WebSocket socket, VirtualPrinter printer, MoonrakerMethods methods, MoonrakerAccess access, bool letIn)
{
    private const int LargestMessage = 1 << 20;
    private const int InternalError = -31000;

    private readonly Channel<string> _out = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private bool _letIn = letIn;
    private JsonObject? _wanted;
    private JsonObject _told = [];
    private PrinterLook _look;

    /// <summary>Runs until the client goes or the printer cuts the line.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        lock (printer.Gate)
        {
            printer.Told += Tell;
            printer.Moved += TellChanges;
            printer.Cut += Cut;

            // The line may have been lost since the request was let in: there was nobody to cut off yet.
            if (!printer.Reachable)
                Cut();
        }

        try
        {
            var first = await Task.WhenAny(SendAsync(cancellationToken), ReceiveAsync(cancellationToken)).ConfigureAwait(false);
            await first.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            lock (printer.Gate)
            {
                printer.Told -= Tell;
                printer.Moved -= TellChanges;
                printer.Cut -= Cut;
            }

            _out.Writer.TryComplete();
            socket.Abort();
        }
    }

    private void Cut() => socket.Abort();

    private void Tell(string method, JsonNode? parameter)
    {
        // Every subscription ends with Klipper.
        if (method == "notify_klippy_disconnected")
            _wanted = null;
        if (_letIn)
            Send(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameter is null ? null : new JsonArray(parameter.DeepClone()) });
    }

    private void TellChanges()
    {
        if (_wanted is null || new PrinterLook(printer) is var look && look == _look)
            return;
        _look = look;
        var now = PrinterObjects.Select(PrinterObjects.All(printer), _wanted);
        var changes = PrinterObjects.Changes(_told, now);
        _told = now;
        if (changes.Count > 0)
            Send(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = "notify_status_update", ["params"] = new JsonArray(changes, printer.Now) });
    }

    private void Send(JsonObject message) => _out.Writer.TryWrite(message.ToJsonString());

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        await foreach (var message in _out.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            await socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[LargestMessage];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
                length += part.Count;
                if (part.MessageType == WebSocketMessageType.Close || length == buffer.Length)
                    return;
            }
            while (!part.EndOfMessage);

            // Not awaited: an answer may wait for minutes behind running G-code, and the next call must not.
            _ = AnswerAsync(buffer.AsMemory(0, length).ToArray());
        }
    }

    private async Task AnswerAsync(byte[] message)
    {
        JsonNode? id = null;
        try
        {
            if (JsonNode.Parse(message) is not JsonObject call || call["method"] is not JsonValue name)
            {
                Send(Error(null, -32600, "Invalid Request"));
                return;
            }

            id = call["id"]?.DeepClone();
            var result = await CallAsync(name.ToString(), call["params"] as JsonObject ?? []).ConfigureAwait(false);
            Send(new JsonObject { ["jsonrpc"] = "2.0", ["result"] = result, ["id"] = id });
        }
        catch (JsonException)
        {
            Send(Error(null, -32700, "Parse error"));
        }
        catch (KlipperFault e)
        {
            Send(Error(id, e.Status switch { 404 => -32601, 401 => -32602, var status => status }, e.Message));
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            Send(Error(id, InternalError, e.Message));
        }
    }

    private async Task<JsonNode?> CallAsync(string method, JsonObject arguments)
    {
        if (method == "server.connection.identify")
        {
            _letIn |= access.IsKey(arguments["api_key"]?.ToString());
            return _letIn ? new JsonObject { ["connection_id"] = GetHashCode() } : throw new KlipperFault(401, "Unauthorized");
        }

        if (!_letIn)
            throw new KlipperFault(401, "Unauthorized");
        return method == "printer.objects.subscribe" ? Subscribe(arguments) : await methods.InvokeAsync(method, arguments).ConfigureAwait(false);
    }

    private JsonObject Subscribe(JsonObject arguments)
    {
        lock (printer.Gate)
        {
            _wanted = (JsonObject?)arguments["objects"]?.DeepClone() ?? [];
            _look = new PrinterLook(printer);
            _told = PrinterObjects.Select(PrinterObjects.All(printer), _wanted);
            return new JsonObject { ["eventtime"] = printer.Now, ["status"] = _told.DeepClone() };
        }
    }

    private static JsonObject Error(JsonNode? id, int code, string message) => new()
    {
        ["jsonrpc"] = "2.0",
        ["error"] = new JsonObject { ["code"] = code, ["message"] = message },
        ["id"] = id,
    };
}
