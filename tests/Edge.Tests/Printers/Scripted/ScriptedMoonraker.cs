using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Dwapi.Edge.Tests.Printers.Scripted;

/// <summary>Moonraker where it does what the virtual printer never does (printing-3dp.md 4.2, observed).</summary>
internal sealed class ScriptedMoonraker : ScriptedBackEnd
{
    private readonly HashSet<string> _tokens = [];
    private readonly HashSet<string> _agents = [];
    private readonly HashSet<Channel<string>> _subscribed = [];

    /// <summary>Klipper's objects.</summary>
    public JsonObject Objects { get; } = new()
    {
        ["webhooks"] = new JsonObject { ["state"] = "ready", ["state_message"] = "Printer is ready" },
        ["print_stats"] = new JsonObject { ["state"] = "standby", ["filename"] = "", ["message"] = "", ["print_duration"] = 0.0 },
        ["virtual_sdcard"] = new JsonObject { ["progress"] = 0.0 },
        ["extruder"] = new JsonObject { ["temperature"] = 21.0, ["target"] = 0.0 },
        ["heater_bed"] = new JsonObject { ["temperature"] = 21.0, ["target"] = 0.0 },
        ["toolhead"] = new JsonObject { ["axis_maximum"] = new JsonArray(235, 235, 250, 0), ["axis_minimum"] = new JsonArray(0, 0, 0, 0) },
        ["configfile"] = new JsonObject { ["settings"] = new JsonObject { ["extruder"] = new JsonObject { ["nozzle_diameter"] = 0.4 } } },
        ["mcu"] = new JsonObject { ["mcu_version"] = "v0.12" },
    };

    public JsonArray History { get; } = [];

    /// <summary>klippy_state as server.info tells it: ready, shutdown, error, startup or disconnected.</summary>
    public string Klippy { get; set; } = "ready";

    /// <summary>False: Moonraker has just started, and has not met Klipper since.</summary>
    public bool HasMetKlipper { get; set; } = true;

    /// <summary>The key that a WebSocket has to show when it says who it is; null for none.</summary>
    public string? Key { get; set; }

    /// <summary>A method that is never answered over the WebSocket, as of a Klipper that hangs.</summary>
    public string? Swallows { get; set; }

    /// <summary>What a print command is refused with: Klipper's words; null takes it.</summary>
    public string? Refuses { get; set; }

    /// <summary>An answer to a command that comes when the test says so.</summary>
    public TaskCompletionSource? Late { get; set; }

    /// <summary>Status of an upload: 201, 403 (in print), 422 (checksum).</summary>
    public int Upload { get; set; } = 201;

    /// <summary>Largest upload, MB; a larger one ends in a broken connection.</summary>
    public double LargestUpload { get; set; } = 1024;

    /// <summary>The WebSocket wants a one-shot token.</summary>
    public bool WantsToken { get; set; }

    public static Task<ScriptedMoonraker> StartAsync() => StartAsync(new ScriptedMoonraker());

    /// <summary>Changes fields of an object, and tells it.</summary>
    public void Set(string name, JsonObject fields)
    {
        lock (Gate)
        {
            foreach (var (field, value) in fields)
                Objects[name]![field] = value?.DeepClone();
            PushRaw(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = "notify_status_update", ["params"] = new JsonArray(new JsonObject { [name] = fields }, 1.0) }.ToJsonString(), _subscribed.Contains);
        }
    }

    /// <summary>Klipper goes, and with it every subscription.</summary>
    public void LoseKlipper()
    {
        lock (Gate)
        {
            Klippy = "disconnected";
            _subscribed.Clear();
            Notify("notify_klippy_disconnected");
        }
    }

    public void Notify(string method)
    {
        lock (Gate)
            PushRaw(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method }.ToJsonString());
    }

    protected override void Hang()
    {
        base.Hang();
        Late?.TrySetResult();
    }

    protected override async Task AnswerAsync(HttpContext context, string request, JsonNode? body)
    {
        if (context.Request.Path == "/websocket")
        {
            if (WantsToken && !Spend(context.Request.Query["token"].ToString()))
                context.Response.StatusCode = 401;
            else
                await ServeSocketAsync(context, null, Hear);
            return;
        }

        if (request.StartsWith("POST /printer/print/", StringComparison.Ordinal))
        {
            if (Late is { } late)
                await late.Task;
            await SendAsync(context, Refuses is null ? 200 : 400, Refuses is null ? new JsonObject { ["result"] = "ok" } : Error(400, Refuses));
            return;
        }

        if (request == "POST /server/files/upload")
        {
            if (context.Request.ContentLength > LargestUpload * (1 << 20))
            {
                context.Abort();
                return;
            }

            await context.Request.ReadFormAsync();
            await SendAsync(context, Upload, Upload == 201 ? new JsonObject { ["item"] = new JsonObject() } : Error(Upload, "refused"));
            return;
        }

        if (request.StartsWith("GET /printer/", StringComparison.Ordinal) && Klippy == "disconnected")
        {
            await SendAsync(context, HasMetKlipper ? 503 : 404, HasMetKlipper ? Error(503, "Klippy Host not connected") : Error(404, "Not Found"));
            return;
        }

        var result = request == "GET /printer/objects/query" ? Query(context.Request.Query.Keys) : Result(request);
        await SendAsync(context, result is null ? 404 : 200, result is null ? Error(404, "Not Found") : new JsonObject { ["result"] = result });
    }

    // Words that make no status line are in the trace only.
    private static JsonObject Error(int code, string words) => new()
    {
        ["error"] = new JsonObject
        {
            ["code"] = code,
            ["message"] = words.Contains('\n', StringComparison.Ordinal) ? "Unknown" : words,
            ["traceback"] = $"Traceback (most recent call last):\n\n  File \"web.py\", line 1, in _execute\n\ntornado.web.HTTPError: HTTP {code}: {words}\n\n",
        },
    };

    private JsonNode? Result(string request)
    {
        lock (Gate)
        {
            switch (request)
            {
                case "GET /access/oneshot_token":
                    _tokens.Add($"t{_tokens.Count}");
                    return $"t{_tokens.Count - 1}";
                case "GET /printer/info":
                    return new JsonObject { ["state"] = "ready", ["hostname"] = "scripted", ["software_version"] = "v0.12" };
                case "GET /machine/system_info":
                    return new JsonObject { ["system_info"] = new JsonObject { ["cpu_info"] = new JsonObject { ["total_memory"] = 1024, ["memory_units"] = "kB" } } };
                case "GET /printer/objects/list" or "printer.objects.list":
                    return new JsonObject { ["objects"] = new JsonArray([.. Objects.Select(item => (JsonNode)item.Key)]) };
                case "printer.objects.subscribe":
                    return new JsonObject { ["eventtime"] = 1.0, ["status"] = Objects.DeepClone() };
                case "GET /server/job_queue/status" or "server.job_queue.status":
                    return new JsonObject { ["queued_jobs"] = new JsonArray(), ["queue_state"] = "ready" };
                case "GET /server/history/list":
                    return new JsonObject { ["count"] = History.Count, ["jobs"] = History.DeepClone() };
                case "GET /server/files/metadata":
                    return new JsonObject { ["size"] = 7, ["filename"] = "cube.gcode" };
                case "GET /server/config":
                    return new JsonObject { ["config"] = new JsonObject { ["server"] = new JsonObject { ["max_upload_size"] = LargestUpload } } };
                case "server.connection.identify":
                    return new JsonObject { ["connection_id"] = 1 };
                case "server.info":
                    return new JsonObject { ["klippy_connected"] = Klippy != "disconnected", ["klippy_state"] = Klippy };
                default:
                    return null;
            }
        }
    }

    // What Klipper does not have is there all the same, and empty.
    private JsonObject Query(IEnumerable<string> names)
    {
        lock (Gate)
        {
            var found = names.Select(name => KeyValuePair.Create<string, JsonNode?>(name, Objects[name]?.DeepClone() ?? new JsonObject()));
            return new JsonObject { ["eventtime"] = 1.0, ["status"] = new JsonObject(found) };
        }
    }

    // A token opens one connection.
    private bool Spend(string token)
    {
        lock (Gate)
            return _tokens.Remove(token);
    }

    private void Hear(Channel<string> socket, string said)
    {
        lock (Gate)
        {
            var call = JsonNode.Parse(said)!;
            var method = (string)call["method"]!;
            if (method == Swallows)
                return;
            var (code, words) = Objection(method, call["params"]!);
            JsonNode answer = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = call["id"]!.DeepClone() };
            if (words is null)
                answer["result"] = Result(method);
            else
                answer["error"] = new JsonObject { ["code"] = code, ["message"] = words };
            if (words is null && method == "server.connection.identify")
                Join(socket);
            if (Rewrite is { } rewrite)
                answer = rewrite($"/websocket/{method}", answer);
            socket.Writer.TryWrite(answer.ToJsonString());
            if (words is null && method == "printer.objects.subscribe")
                _subscribed.Add(socket);
        }
    }

    // 401 goes over the WebSocket as -32602. An agent's name belongs to one connection.
    private (int Code, string? Words) Objection(string method, JsonNode arguments)
    {
        if (method.StartsWith("printer.", StringComparison.Ordinal) && Klippy == "disconnected")
            return HasMetKlipper ? (503, "Klippy Host not connected") : (-32601, "Method not found");
        if (method != "server.connection.identify")
            return default;
        if (Key is not null && (string?)arguments["api_key"] != Key)
            return (-32602, "Invalid API Key");
        var name = (string)arguments["client_name"]!;
        return (string?)arguments["type"] == "agent" && !_agents.Add(name) ? (400, $"Agent '{name}' already registered and connected'") : default;
    }
}
