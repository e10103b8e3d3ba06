using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dwapi.Edge.Printers.Connections;

namespace Dwapi.Edge.Printers.Moonraker;

/// <summary>One WebSocket to Moonraker, from identify to its end: subscribes, merges what changes, and hands on each reading.</summary>
internal sealed class MoonrakerSession(PrinterHttp http, string? apiKey, Action<PrinterReading> read, TimeProvider time)
{
    private const int MostEarly = 1000;

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(15);

    // Moonraker tells when Klipper is ready, stops or goes; of a Klipper that comes back and ends in an error it tells nothing.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    private readonly PrinterSocket _socket = new(http.Stranger);
    private readonly List<JsonObject> _early = [];
    private Task<ReadOnlyMemory<byte>>? _receiving;
    private MoonrakerObjects _state = new();
    private ImmutableArray<string> _queue = [];
    private string _klippy = "";
    private long _looked;
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
            await LookAsync(cancellationToken).ConfigureAwait(false);
            while (true)
            {
                var within = _klippy is "ready" or "shutdown" ? Timeout.InfiniteTimeSpan : LookAgain - time.GetElapsedTime(_looked);
                if (TryTakeEarly(out var early))
                    await TakeAsync(early, cancellationToken).ConfigureAwait(false);
                else if (await ReceiveAsync(within, cancellationToken).ConfigureAwait(false) is not { } message)
                    await LookAsync(cancellationToken).ConfigureAwait(false);
                else if (_subscribed && IsUpdate(message))
                    Read();
                else
                    await TakeAsync(_socket.Parse(message), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Not as an agent: there may be one of a name only, and two edges, or one whose old connection still hangs, have the same.
    private async Task IdentifyAsync(CancellationToken cancellationToken)
    {
        var who = new JsonObject { ["client_name"] = "dwapi-edge", ["version"] = "1", ["type"] = "other", ["url"] = "https://localhost" };
        if (apiKey is not null)
            who["api_key"] = apiKey;
        await CallAsync("server.connection.identify", who, cancellationToken).ConfigureAwait(false);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        _looked = time.GetTimestamp();
        var info = await CallAsync("server.info", [], cancellationToken).ConfigureAwait(false);
        var klippy = PrinterJson.Text(info, "klippy_state", "disconnected");
        if (klippy == _klippy)
            return;
        if (klippy == "disconnected")
            Leave(klippy, MoonrakerStatus.NoKlipper);
        else if (klippy == "startup")
            Leave(klippy, MoonrakerStatus.Starting);
        else
            await SubscribeAsync(klippy, cancellationToken).ConfigureAwait(false);
    }

    private void Leave(string klippy, PrinterReading reading)
    {
        (_klippy, _subscribed) = (klippy, false);
        read(reading);
    }

    private async Task SubscribeAsync(string klippy, CancellationToken cancellationToken)
    {
        var queue = await CallAsync("server.job_queue.status", [], cancellationToken).ConfigureAwait(false);
        _queue = Queue(queue["queued_jobs"]);
        var objects = await CallAsync("printer.objects.list", [], cancellationToken).ConfigureAwait(false);
        var names = (objects["objects"] as JsonArray ?? []).Select(name => name?.ToString() ?? "");
        var wanted = new JsonObject(MoonrakerStatus.Wanted(names).Select(item =>
            KeyValuePair.Create(item.Name, (JsonNode?)new JsonArray([.. item.Fields.Select(field => JsonValue.Create(field))]))));
        var answer = await CallAsync("printer.objects.subscribe", new JsonObject { ["objects"] = wanted }, cancellationToken).ConfigureAwait(false);

        // Values that came before the answer are in it already.
        _early.RemoveAll(message => PrinterJson.Text(message, "method") == "notify_status_update");
        _state = new MoonrakerObjects();
        _state.Merge(answer["status"] as JsonObject ?? throw http.Stranger());
        (_klippy, _subscribed) = (klippy, true);
        Read();
    }

    private async Task TakeAsync(JsonObject message, CancellationToken cancellationToken)
    {
        var first = (message["params"] as JsonArray)?.FirstOrDefault() as JsonObject;
        switch (PrinterJson.Text(message, "method"))
        {
            case "notify_status_update" when first is not null && _subscribed:
                _state.Merge(first);
                Read();
                break;
            case "notify_job_queue_changed" when first is not null && first["updated_queue"] is { } queue:
                _queue = Queue(queue);
                if (_subscribed)
                    Read();
                break;
            case "notify_klippy_shutdown" when _subscribed:
                _klippy = "shutdown";
                _state.Set("webhooks", "state", "shutdown");
                Read();
                break;
            case "notify_klippy_disconnected":
                Leave("disconnected", MoonrakerStatus.NoKlipper);
                break;
            case "notify_klippy_ready" or "notify_klippy_shutdown":
                _klippy = "";
                await LookAsync(cancellationToken).ConfigureAwait(false);
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
        var began = time.GetTimestamp();
        while (true)
        {
            var message = await ReceiveAsync(AnswerWithin - time.GetElapsedTime(began), cancellationToken).ConfigureAwait(false) is { } received
                ? _socket.Parse(received)
                : throw new PrinterException(
                    PrinterFault.Unreachable, $"Moonraker did not answer {method} within {AnswerWithin.TotalSeconds:0} s. Restart Klipper if that goes on.");
            if (message["id"] is not JsonValue answered || !answered.TryGetValue<int>(out var code) || code != id)
            {
                // What is told between a call and its answer is looked at after it.
                if (_early.Count == MostEarly)
                    throw http.Stranger();
                _early.Add(message);
                continue;
            }

            if (message["error"] is JsonObject error)
                throw FaultOf(error, method);
            return message["result"] as JsonObject ?? throw http.Stranger();
        }
    }

    // 401 comes as -32602, which wrong parameters are called too, but in other words.
    private static PrinterException FaultOf(JsonObject error, string method)
    {
        var words = PrinterJson.Text(error, "message", method);
        return PrinterJson.Number(error, "code") switch
        {
            401 => LetIn(),
            -32602 when !words.StartsWith("Invalid params", StringComparison.Ordinal) => LetIn(),
            503 => new PrinterException(PrinterFault.Unreachable, words),
            _ => new PrinterException(PrinterFault.Refused, words),
        };

        PrinterException LetIn() => new(PrinterFault.Unauthorized, $"the printer does not let us in ({words}). Check its key.");
    }

    private bool TryTakeEarly([NotNullWhen(true)] out JsonObject? message)
    {
        message = _early.Count > 0 ? _early[0] : null;
        if (message is not null)
            _early.RemoveAt(0);
        return message is not null;
    }

    // Nearly all that comes, and therefore not made into objects first.
    private bool IsUpdate(ReadOnlyMemory<byte> message)
    {
        try
        {
            return _state.TryTakeUpdate(message.Span);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw http.Stranger();
        }
    }

    // Null when nothing came in time; what comes later is received then.
    private async Task<ReadOnlyMemory<byte>?> ReceiveAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        _receiving ??= _socket.ReceiveUtf8Async(cancellationToken);
        if (within != Timeout.InfiniteTimeSpan && !_receiving.IsCompleted)
        {
            if (within <= TimeSpan.Zero)
                return null;
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var late = Task.Delay(within, time, stop.Token);
            if (await Task.WhenAny(_receiving, late).ConfigureAwait(false) == late)
            {
                cancellationToken.ThrowIfCancellationRequested();
                return null;
            }

            await stop.CancelAsync().ConfigureAwait(false);
        }

        var receiving = _receiving;
        _receiving = null;
        return await receiving.ConfigureAwait(false);
    }
}
