using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Dwapi.Edge.Printers.Connections;

namespace Dwapi.Edge.Printers.Moonraker;

/// <summary>One WebSocket to Moonraker, from identify to its end: subscribes, merges what changes, and hands on each reading.</summary>
internal sealed class MoonrakerSession(PrinterHttp http, string? apiKey, Action<PrinterReading> read)
{
    private readonly PrinterSocket _socket = new(http.Stranger);
    private JsonObject _state = [];
    private ImmutableArray<string> _queue = [];
    private bool _subscribed;
    private int _call;

    /// <summary>Runs until the connection ends.</summary>
    /// <exception cref="PrinterException">It ended, or what came is not Moonraker's.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using (_socket)
        {
            await _socket.ConnectAsync(http.SocketAddress("websocket"), apiKey, cancellationToken).ConfigureAwait(false);
            await IdentifyAsync(cancellationToken).ConfigureAwait(false);
            await SubscribeAsync(cancellationToken).ConfigureAwait(false);
            while (true)
                await TakeAsync(await _socket.ReceiveAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task IdentifyAsync(CancellationToken cancellationToken)
    {
        var who = new JsonObject { ["client_name"] = "dwapi-edge", ["version"] = "1", ["type"] = "agent", ["url"] = "https://localhost" };
        if (apiKey is not null)
            who["api_key"] = apiKey;
        await CallAsync("server.connection.identify", who, cancellationToken).ConfigureAwait(false);
    }

    private async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        var info = await CallAsync("server.info", [], cancellationToken).ConfigureAwait(false);
        _subscribed = PrinterJson.Text(info, "klippy_state", "disconnected") != "disconnected";
        if (!_subscribed)
        {
            read(PrinterReading.Unreachable("Klipper is not connected to Moonraker. Check the service and the cable of the printer."));
            return;
        }

        var queue = await CallAsync("server.job_queue.status", [], cancellationToken).ConfigureAwait(false);
        _queue = Queue(queue["queued_jobs"]);
        var objects = await CallAsync("printer.objects.list", [], cancellationToken).ConfigureAwait(false);
        var names = (objects["objects"] as JsonArray ?? []).Select(name => name?.ToString() ?? "");
        var wanted = new JsonObject(MoonrakerStatus.Wanted(names).Select(item =>
            KeyValuePair.Create(item.Name, (JsonNode?)new JsonArray([.. item.Fields.Select(field => JsonValue.Create(field))]))));
        var answer = await CallAsync("printer.objects.subscribe", new JsonObject { ["objects"] = wanted }, cancellationToken).ConfigureAwait(false);
        _state = [];
        MoonrakerStatus.Merge(_state, answer["status"] as JsonObject ?? throw http.Stranger());
        Read();
    }

    private async Task TakeAsync(JsonObject message, CancellationToken cancellationToken)
    {
        var first = (message["params"] as JsonArray)?.FirstOrDefault() as JsonObject;
        switch (PrinterJson.Text(message, "method"))
        {
            case "notify_status_update" when first is not null && _subscribed:
                MoonrakerStatus.Merge(_state, first);
                Read();
                break;
            case "notify_job_queue_changed" when first is not null && first["updated_queue"] is { } queue:
                _queue = Queue(queue);
                if (_subscribed)
                    Read();
                break;
            case "notify_klippy_shutdown" when _subscribed:
                MoonrakerStatus.Merge(_state, new JsonObject { ["webhooks"] = new JsonObject { ["state"] = "shutdown" } });
                Read();
                break;
            case "notify_klippy_disconnected":
                _subscribed = false;
                read(PrinterReading.Unreachable("Klipper is not connected to Moonraker. Check the service and the cable of the printer."));
                break;
            case "notify_klippy_ready":
                await SubscribeAsync(cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    private void Read() => read(MoonrakerStatus.Read(_state, _queue));

    private static ImmutableArray<string> Queue(JsonNode? jobs) =>
        [.. (jobs as JsonArray ?? []).OfType<JsonObject>().Select(job => PrinterJson.Text(job, "filename"))];

    private async Task<JsonObject> CallAsync(string method, JsonObject arguments, CancellationToken cancellationToken)
    {
        var id = ++_call;
        var call = new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = arguments, ["id"] = id };
        await _socket.SendAsync(call, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var message = await _socket.ReceiveAsync(cancellationToken).ConfigureAwait(false);
            if (message["id"] is not JsonValue answered || !answered.TryGetValue<int>(out var code) || code != id)
            {
                // A change between the call and its answer: the answer holds it already.
                continue;
            }

            if (message["error"] is JsonObject error)
            {
                var fault = PrinterJson.Number(error, "code") == 401 ? PrinterFault.Unauthorized : PrinterFault.Refused;
                throw new PrinterException(fault, PrinterJson.Text(error, "message", method));
            }

            return message["result"] as JsonObject ?? throw http.Stranger();
        }
    }
}
