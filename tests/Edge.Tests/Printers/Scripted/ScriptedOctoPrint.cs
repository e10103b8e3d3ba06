using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Dwapi.Edge.Tests.Printers.Scripted;

/// <summary>OctoPrint as observed (printing-3dp.md 4.1): its state is what the test says, its answers follow from it.</summary>
internal sealed class ScriptedOctoPrint : ScriptedBackEnd
{
    public const string Key = "octo-key";

    private static readonly string[] PrintingStates = ["Starting", "Printing", "Pausing", "Resuming", "Cancelling", "Finishing"];

    private readonly Dictionary<string, (int Size, JsonObject? Last)> _files = [];
    private readonly ConcurrentDictionary<string, bool> _closed = [];
    private string _state = "Operational";
    private string _error = "";
    private string? _file;
    private double? _completion;
    private double _nozzle = 21;
    private double _target;

    /// <summary>False: there is no WebSocket, as behind some proxies.</summary>
    public bool HasSocket { get; set; } = true;

    /// <summary>Commands to a printer that waits for a heater: it stays Pausing or Cancelling until the test lets it go on.</summary>
    public bool IsBlocked { get; set; }

    /// <summary>Server version: 2.0 connects printers otherwise.</summary>
    public string Version { get; set; } = "1.9.3";

    /// <summary>What it calls the printer's state.</summary>
    public string PrinterState
    {
        get
        {
            lock (Gate)
                return _state;
        }
    }

    /// <summary>Seconds of a print: 0 until the first heat-up is over.</summary>
    public int PrintTime { get; set; } = 30;

    /// <summary>Whether the key's user may see the system, which has the name of the firmware.</summary>
    public bool IsAdministrator { get; set; } = true;

    /// <summary>What the WebSocket's client said, in order.</summary>
    public List<string> Said { get; } = [];

    /// <summary>Answers to the question for a key, one per look: 202, 200 or 404.</summary>
    public Queue<int> KeyAnswers { get; } = [];

    public static Task<ScriptedOctoPrint> StartAsync() => StartAsync(new ScriptedOctoPrint());

    /// <summary>The printer is in another state now.</summary>
    public void Set(string state, double? completion = null, string error = "")
    {
        lock (Gate)
        {
            (_state, _error, _completion) = (state, error, completion ?? _completion);
            Push(new JsonObject { ["current"] = Current() });
        }
    }

    public void Heat(double actual, double target)
    {
        lock (Gate)
        {
            (_nozzle, _target) = (actual, target);
            Push(new JsonObject { ["current"] = Current() });
        }
    }

    public void Event(string type, JsonObject? payload = null)
    {
        lock (Gate)
        {
            payload ??= [];
            if (_file is not null)
                (payload["name"], payload["path"], payload["origin"]) = (_file, _file, "local");
            Push(new JsonObject { ["event"] = new JsonObject { ["type"] = type, ["payload"] = payload } });
        }
    }

    /// <summary>Somebody prints a file at OctoPrint's page.</summary>
    public void Begin(string file)
    {
        lock (Gate)
        {
            _files.TryAdd(file, (100, null));
            (_file, _completion) = (file, 0);
            Event("PrintStarted");
            Set("Printing");
        }
    }

    /// <summary>The print ends well: first the event, then the state, which stays at 100 % and Operational; then the history knows.</summary>
    public void Finish(bool tellEvent = true, bool history = true)
    {
        lock (Gate)
        {
            if (tellEvent)
                Event("PrintDone");
            Set("Operational", 100);
            if (history)
                Log(success: true);
        }
    }

    /// <summary>The print is given up: the events come at once, and say the end twice; the state follows when the firmware yields.</summary>
    /// <param name="user">Who wants it; null for nobody.</param>
    /// <param name="firmwareError">The firmware's words, where OctoPrint is set to cancel at an error.</param>
    /// <param name="reset">The printer was reset, which is told in between.</param>
    public void Cancel(string? user, string? firmwareError = null, bool reset = false)
    {
        lock (Gate)
        {
            JsonObject Payload(string? more = null, string? value = null)
            {
                var payload = new JsonObject();
                if (user is not null)
                    payload["user"] = user;
                if (more is not null && value is not null)
                    payload[more] = value;
                return payload;
            }

            Event("PrintCancelling", Payload("firmwareError", firmwareError));
            Event("PrintCancelled", Payload("reason", "cancelled"));
            if (reset)
                Event("PrinterReset", new JsonObject { ["idle"] = false });
            Event("PrintFailed", Payload("reason", "cancelled"));
            Log(success: false);
            _completion = null;
            Set("Cancelling");
            if (!IsBlocked)
                Set("Operational");
        }
    }

    /// <summary>The firmware yields: what waits for it, or comes next, goes on.</summary>
    public void Yield()
    {
        lock (Gate)
        {
            IsBlocked = false;
            if (_state == "Cancelling")
                Set("Operational");
        }
    }

    /// <summary>The firmware halts.</summary>
    public void Halt(string error)
    {
        lock (Gate)
        {
            Event("Error", new JsonObject { ["error"] = error, ["reason"] = "firmware" });
            Close(error);
        }
    }

    /// <summary>OctoPrint closes its serial port: somebody wants it (no words), or the port or the printer broke. Only a print that is not paused is said to have failed.</summary>
    public void Close(string error = "")
    {
        lock (Gate)
        {
            var failed = new JsonObject { ["reason"] = "error" };
            if (error.Length > 0)
                failed["error"] = error;
            if (_state == "Printing")
            {
                Event("PrintFailed", failed);
                Log(success: false);
            }

            (_file, _completion) = (null, null);
            Set(error.Length > 0 ? "Offline after error" : "Offline", error: error);
        }
    }

    /// <summary>Our user was changed at OctoPrint's page, or the session is over.</summary>
    public void WantLogin(string reason) => PushRaw(new JsonObject { ["reauthRequired"] = new JsonObject { ["reason"] = reason } }.ToJsonString());

    /// <summary>OctoPrint itself ends in mid print and comes back: no job, and no word about it.</summary>
    public void Crash()
    {
        lock (Gate)
        {
            (_state, _file, _completion) = ("Operational", null, null);
            Hang();
        }
    }

    public bool Holds(string file)
    {
        lock (Gate)
            return _files.ContainsKey(file);
    }

    protected override async Task AnswerAsync(HttpContext context, string request, JsonNode? body)
    {
        // It closes a connection after its answer, and does not say so: who uses it again finds it broken.
        if (!_closed.TryAdd(context.Connection.Id, true))
        {
            context.Abort();
            return;
        }

        if (context.Request.Path == "/sockjs/websocket")
        {
            if (HasSocket && context.WebSockets.IsWebSocketRequest)
                await ServeSocketAsync(context, new JsonObject { ["connected"] = new JsonObject { ["version"] = Version } }.ToJsonString(), Hear);
            else
                context.Response.StatusCode = 404;
            return;
        }

        if (context.Request.Path.StartsWithSegments("/plugin/appkeys", StringComparison.Ordinal))
        {
            await AnswerKeyAsync(context, request);
            return;
        }

        if (context.Request.Headers["X-Api-Key"] != Key)
        {
            await SendAsync(context, 403, Error("You don't have the permission to access the requested resource."));
            return;
        }

        if (request == "POST /api/files/local")
        {
            var form = await context.Request.ReadFormAsync();
            await UploadAsync(context, form.Files.Single(file => file.Name == "file"));
            return;
        }

        var (status, answer) = Answer(request, body);
        await SendAsync(context, status, answer);
    }

    private static JsonObject Error(string words) => new() { ["error"] = words };

    private (int Status, JsonObject? Answer) Answer(string request, JsonNode? body)
    {
        lock (Gate)
        {
            return request switch
            {
                "POST /api/login" => (200, new JsonObject { ["name"] = "_api", ["session"] = "s1", ["active"] = true }),
                "GET /api/system/info" => IsAdministrator
                    ? (200, new JsonObject { ["systeminfo"] = new JsonObject { ["octoprint.version"] = Version, ["printer.firmware"] = "Virtual Marlin 1.0" } })
                    : (403, Error("You don't have the permission to access the requested resource.")),
                "GET /api/version" => (200, new JsonObject { ["api"] = "0.1", ["server"] = Version, ["text"] = $"OctoPrint {Version}" }),
                "GET /api/printerprofiles" => (200, Profiles()),
                "GET /api/connection" => (200, new JsonObject
                {
                    ["current"] = new JsonObject { ["state"] = _state, ["port"] = null },
                    ["options"] = new JsonObject { ["portPreference"] = Version[0] == '1' ? "VIRTUAL" : null },
                }),
                "POST /api/connection" => Connect(),
                "GET /api/printer" => IsOperational
                    ? (200, new JsonObject { ["state"] = State(), ["temperature"] = Temperatures() })
                    : (409, Error("Printer is not operational")),
                "GET /api/job" => (200, Job()),
                "POST /api/job" => Command((string)body!["command"]!, (string?)body["action"]),
                _ when request.StartsWith("GET /api/files/local/", StringComparison.Ordinal) => File(request["GET /api/files/local/".Length..]),
                _ when request.StartsWith("POST /api/files/local/", StringComparison.Ordinal) => Select(request["POST /api/files/local/".Length..], body!),
                _ when request.StartsWith("DELETE /api/files/local/", StringComparison.Ordinal) => Delete(request["DELETE /api/files/local/".Length..]),
                _ => (404, Error("no such thing")),
            };
        }
    }

    private bool IsOperational => _state == "Operational" || _state == "Paused" || PrintingStates.Contains(_state);

    private bool IsActive => _state == "Paused" || PrintingStates.Contains(_state);

    private static JsonObject Profiles() => new()
    {
        ["profiles"] = new JsonObject
        {
            ["other"] = new JsonObject { ["id"] = "other", ["current"] = false, ["name"] = "Other", ["volume"] = new JsonObject { ["width"] = 1, ["depth"] = 1, ["height"] = 1 } },
            ["_default"] = new JsonObject
            {
                ["id"] = "_default",
                ["name"] = "Bench printer",
                ["model"] = "Two",
                ["current"] = true,
                ["heatedBed"] = true,
                ["volume"] = new JsonObject { ["formFactor"] = "rectangular", ["width"] = 200, ["depth"] = 190, ["height"] = 180 },
                ["extruder"] = new JsonObject { ["count"] = 1, ["nozzleDiameter"] = 0.4 },
            },
        },
    };

    private JsonObject State() => new()
    {
        ["text"] = _state,
        ["error"] = _error,
        ["flags"] = new JsonObject
        {
            ["operational"] = IsOperational,
            ["printing"] = PrintingStates.Contains(_state),
            ["paused"] = _state == "Paused",
            ["pausing"] = _state == "Pausing",
            ["resuming"] = _state == "Resuming",
            ["cancelling"] = _state == "Cancelling",
            ["finishing"] = _state == "Finishing",

            // What a fatal error leaves is closed, and the flag of the error is down again.
            ["error"] = _state == "Error",
            ["closedOrError"] = _state.StartsWith("Offline", StringComparison.Ordinal) || _state == "Error",
            ["ready"] = _state == "Operational",
        },
    };

    private JsonObject Temperatures() => new()
    {
        ["tool0"] = new JsonObject { ["actual"] = _nozzle, ["target"] = _target, ["offset"] = 0 },
        ["bed"] = new JsonObject { ["actual"] = 22.5, ["target"] = 0, ["offset"] = 0 },
    };

    private JsonObject Job()
    {
        var job = new JsonObject
        {
            ["job"] = new JsonObject { ["file"] = new JsonObject { ["name"] = _file, ["path"] = _file, ["origin"] = _file is null ? null : "local" } },
            ["progress"] = new JsonObject { ["completion"] = _completion, ["printTime"] = _completion is null ? null : PrintTime, ["printTimeLeft"] = _completion is null ? null : 60 },
            ["state"] = _state,
        };
        if (_error.Length > 0)
            job["error"] = _error;
        return job;
    }

    private JsonObject Current()
    {
        var current = Job();
        current["state"] = State();
        var temperatures = Temperatures();
        temperatures["time"] = 1_700_000_000;
        current["temps"] = new JsonArray(temperatures);
        return current;
    }

    private (int Status, JsonObject? Answer) Connect()
    {
        Set("Connecting");
        Set("Operational");
        return (204, null);
    }

    private (int Status, JsonObject? Answer) Command(string command, string? action)
    {
        if (!IsOperational)
            return (409, Error("Printer is not operational"));
        if (!IsActive)
            return (409, Error($"Printer is neither printing nor paused, '{command}' command cannot be performed"));
        switch (command, action)
        {
            case ("cancel", _):
                Cancel("_api");
                break;
            case ("pause", "pause"):
                Set("Pausing");
                if (!IsBlocked)
                {
                    Event("PrintPaused", new JsonObject { ["user"] = "_api" });
                    Set("Paused");
                }

                break;
            case ("pause", "resume"):
                Set("Resuming");
                Event("PrintResumed");
                Set("Printing");
                break;
        }

        return (204, null);
    }

    private (int Status, JsonObject? Answer) File(string name)
    {
        if (!_files.TryGetValue(name, out var file))
            return (404, Error("not found"));
        var details = new JsonObject { ["name"] = name, ["path"] = name, ["size"] = file.Size, ["date"] = 1_700_000_000 };
        if (file.Last is not null)
            details["prints"] = new JsonObject { ["success"] = 1, ["failure"] = 0, ["last"] = file.Last.DeepClone() };
        return (200, details);
    }

    private (int Status, JsonObject? Answer) Select(string name, JsonNode body)
    {
        if (!_files.ContainsKey(name))
            return (404, Error("not found"));
        if (IsActive)
            return (409, Error("Printer is already printing, cannot select a new file"));
        if (!IsOperational)
            return (409, Error("Printer is not operational, cannot directly start printing"));
        if ((string?)body["command"] == "select" && (bool?)body["print"] == true)
            Begin(name);
        return (204, null);
    }

    private (int Status, JsonObject? Answer) Delete(string name)
    {
        if (IsActive && _file == name)
            return (409, Error("Trying to delete a file that is currently in use"));
        return _files.Remove(name) ? (204, null) : (404, Error("not found"));
    }

    private void Log(bool success)
    {
        if (_file is not null && _files.TryGetValue(_file, out var file))
            _files[_file] = file with { Last = new JsonObject { ["date"] = 1_700_000_100.5, ["success"] = success } };
    }

    private async Task UploadAsync(HttpContext context, IFormFile file)
    {
        int status;
        lock (Gate)
        {
            status = !file.FileName.EndsWith(".gcode", StringComparison.Ordinal) ? 415 : IsActive && _file == file.FileName ? 409 : 201;
            if (status == 201)
                _files[file.FileName] = ((int)file.Length, null);
        }

        await SendAsync(context, status, status == 201 ? new JsonObject { ["done"] = true } : Error(status == 409 ? "Trying to overwrite file that is currently being printed" : "Could not upload file, invalid type"));
    }

    private async Task AnswerKeyAsync(HttpContext context, string request)
    {
        if (request == "GET /plugin/appkeys/probe")
        {
            context.Response.StatusCode = 204;
        }
        else if (request == "POST /plugin/appkeys/request")
        {
            // As seen through a proxy, its own idea of its address is of no use.
            context.Response.Headers.Location = "http://octopi.invalid/plugin/appkeys/request/t1";
            await SendAsync(context, 201, new JsonObject { ["app_token"] = "t1", ["auth_dialog"] = "http://octopi.invalid/plugin/appkeys/auth/t1" });
        }
        else
        {
            var status = KeyAnswers.Dequeue();
            await SendAsync(context, status, status switch
            {
                200 => new JsonObject { ["api_key"] = Key },
                202 => new JsonObject { ["message"] = "Awaiting decision" },
                _ => Error("not found"),
            });
        }
    }

    // What was not subscribed to before the login would come after it: the order is looked at by the tests.
    private void Hear(Channel<string> socket, string said)
    {
        lock (Gate)
        {
            Said.Add(said);
            if (!said.Contains("\"auth\":\"_api:s1\"", StringComparison.Ordinal))
                return;
            Join(socket);
            socket.Writer.TryWrite(new JsonObject { ["history"] = Current() }.ToJsonString());
        }
    }

    private void Push(JsonObject frame)
    {
        var name = frame.First().Key;
        JsonNode sent = frame;
        if (Rewrite is { } rewrite)
            sent = rewrite($"/sockjs/{name}", frame);
        PushRaw(sent.ToJsonString());
    }
}
