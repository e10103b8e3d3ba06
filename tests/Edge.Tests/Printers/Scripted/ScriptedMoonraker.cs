using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Dwapi.Edge.Tests.Printers.Scripted;

/// <summary>Moonraker where it does what the virtual printer never does (printing-3dp.md 4.2, observed).</summary>
internal sealed class ScriptedMoonraker : ScriptedBackEnd
{
    private readonly HashSet<string> _tokens = [];

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

    /// <summary>False: Moonraker is there and Klipper is not.</summary>
    public bool HasKlipper { get; set; } = true;

    /// <summary>What a print command is refused with: Klipper's words; null takes it.</summary>
    public string? Refuses { get; set; }

    /// <summary>An answer to a command that comes when the test says so.</summary>
    public TaskCompletionSource? Late { get; set; }

    /// <summary>Status of an upload: 201, 403 (in print), 422 (checksum).</summary>
    public int Upload { get; set; } = 201;

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
            PushRaw(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = "notify_status_update", ["params"] = new JsonArray(new JsonObject { [name] = fields }, 1.0) }.ToJsonString());
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
            await context.Request.ReadFormAsync();
            await SendAsync(context, Upload, Upload == 201 ? new JsonObject { ["item"] = new JsonObject() } : Error(Upload, "refused"));
            return;
        }

        if (request.StartsWith("GET /printer/", StringComparison.Ordinal) && !HasKlipper)
        {
            await SendAsync(context, 503, Error(503, "Klippy Host not connected"));
            return;
        }

        var result = Result(request);
        await SendAsync(context, result is null ? 404 : 200, result is null ? Error(404, "Not Found") : new JsonObject { ["result"] = result });
    }

    private static JsonObject Error(int code, string words) => new() { ["error"] = new JsonObject { ["code"] = code, ["message"] = words } };

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
                case "GET /printer/objects/query" or "printer.objects.subscribe":
                    return new JsonObject { ["eventtime"] = 1.0, ["status"] = Objects.DeepClone() };
                case "GET /server/job_queue/status" or "server.job_queue.status":
                    return new JsonObject { ["queued_jobs"] = new JsonArray(), ["queue_state"] = "ready" };
                case "GET /server/history/list":
                    return new JsonObject { ["count"] = History.Count, ["jobs"] = History.DeepClone() };
                case "GET /server/files/metadata":
                    return new JsonObject { ["size"] = 7, ["filename"] = "cube.gcode" };
                case "server.connection.identify":
                    return new JsonObject { ["connection_id"] = 1 };
                case "server.info":
                    return new JsonObject { ["klippy_connected"] = HasKlipper, ["klippy_state"] = HasKlipper ? "ready" : "disconnected" };
                default:
                    return null;
            }
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
            JsonNode answer = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = call["id"]!.DeepClone(), ["result"] = Result(method) };
            if (Rewrite is { } rewrite)
                answer = rewrite($"/websocket/{method}", answer);
            socket.Writer.TryWrite(answer.ToJsonString());
            if (method == "printer.objects.subscribe")
                Join(socket);
        }
    }
}
