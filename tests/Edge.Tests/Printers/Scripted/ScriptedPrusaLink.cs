using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Dwapi.Edge.Tests.Printers.Scripted;

/// <summary>PrusaLink as its specification and sources have it (printing-3dp.md 4.3), with HTTP digest authentication of each kind.</summary>
internal sealed partial class ScriptedPrusaLink : ScriptedBackEnd
{
    public const string User = "maker";
    public const string Password = "pr:usa \"link\"";
    public const string Key = "prusa-key";

    private readonly Dictionary<string, (int Size, bool Hidden)> _files = [];
    private readonly Dictionary<string, int> _nonces = [];
    private readonly ConcurrentQueue<string> _taken = [];
    private int _job = 40;
    private string? _file;

    /// <summary>MD5, SHA-256 and their -sess forms, or "" for none stated.</summary>
    public string Algorithm { get; set; } = "MD5";

    /// <summary>False: as firmware has it, after RFC 2069.</summary>
    public bool Qop { get; set; } = true;

    /// <summary>Requests after which a nonce is stale.</summary>
    public int NonceUses { get; set; } = int.MaxValue;

    /// <summary>Answers 401.</summary>
    public int Challenges { get; private set; }

    /// <summary>Bytes of files that came, also those of uploads that were refused.</summary>
    public long Received { get; private set; }

    public string State { get; private set; } = "IDLE";

    /// <summary>How many looks for a stored file come too early.</summary>
    public int HiddenLooks { get; set; }

    /// <summary>False: no stick is plugged in.</summary>
    public bool HasStorage { get; set; } = true;

    /// <summary>Files are known by short names, the long one beside it, as on FAT.</summary>
    public bool ShortNames { get; set; }

    /// <summary>An ended job is gone from the answers at once.</summary>
    public bool ForgetsJobs { get; set; }

    public static Task<ScriptedPrusaLink> StartAsync() => StartAsync(new ScriptedPrusaLink());

    public void Set(string state)
    {
        lock (Gate)
        {
            State = state;
            if (state is "IDLE" or "READY" || (ForgetsJobs && state is "FINISHED" or "STOPPED"))
                _file = null;
        }
    }

    public void Begin(string file)
    {
        lock (Gate)
            (State, _file, _job) = ("PRINTING", file, _job + 1);
    }

    /// <summary>How many requests began so and were let in: one whose nonce is old is sent again.</summary>
    public int Taken(string request) => _taken.Count(one => one.StartsWith(request, StringComparison.Ordinal));

    public bool Holds(string file)
    {
        lock (Gate)
            return _files.ContainsKey(file);
    }

    protected override async Task AnswerAsync(HttpContext context, string request, JsonNode? body)
    {
        if (context.Request.Headers.TryGetValue("X-Api-Key", out var key))
        {
            if (key != Key)
            {
                await SendAsync(context, 403, new JsonObject { ["message"] = "Bad X-Api-Key." });
                return;
            }
        }
        else if (!IsLoggedIn(context, out var stale))
        {
            string nonce;
            lock (Gate)
            {
                nonce = $"n{++Challenges}";
                _nonces[nonce] = 0;
            }

            context.Response.Headers.WWWAuthenticate = $"Digest realm=\"Printer API\", nonce=\"{nonce}\", opaque=\"o=,1\"{(Qop ? ", qop=\"auth\"" : "")}"
                + $"{(Algorithm.Length > 0 ? $", algorithm={Algorithm}" : "")}, stale={(stale ? "true" : "false")}";
            await SendAsync(context, 401, new JsonObject { ["title"] = "UNAUTHORIZED", ["text"] = "log in" });
            return;
        }

        _taken.Enqueue(request);
        if (request.StartsWith("PUT /api/v1/files/", StringComparison.Ordinal))
        {
            await UploadAsync(context, request["PUT /api/v1/files/usb/".Length..]);
            return;
        }

        var (status, answer) = Answer(request);
        await SendAsync(context, status, answer);
    }

    private static JsonObject Error(string title, string text) => new() { ["title"] = title, ["text"] = text };

    private (int Status, JsonObject? Answer) Answer(string request)
    {
        const string files = "/api/v1/files/usb/";
        lock (Gate)
        {
            if (Job().Match(request) is { Success: true } job)
                return Command(job.Groups[1].Value, int.Parse(job.Groups[2].Value), job.Groups[3].Value);
            var file = request.IndexOf(files, StringComparison.Ordinal) is >= 0 and var at ? request[(at + files.Length)..] : "";
            return request switch
            {
                "GET /api/version" => (200, new JsonObject
                {
                    ["api"] = "2.0.0",
                    ["text"] = "PrusaLink 0.8.1",
                    ["original"] = "PrusaLink I3MK3S",
                    ["firmware"] = "3.14.1",
                    ["hostname"] = "prusa-1",
                    ["capabilities"] = new JsonObject { ["upload-by-put"] = true },
                }),
                "GET /api/v1/info" => (200, new JsonObject { ["name"] = "", ["serial"] = "CZPX1", ["nozzle_diameter"] = 0.4, ["hostname"] = "prusa-1", ["mmu"] = false }),
                "GET /api/v1/status" => (200, Status()),
                "GET /api/v1/storage" => (200, new JsonObject
                {
                    ["storage_list"] = new JsonArray(
                        new JsonObject { ["path"] = "/sdcard", ["type"] = "SDCARD", ["available"] = true, ["read_only"] = true },
                        new JsonObject { ["path"] = "/usb/", ["type"] = "USB", ["available"] = HasStorage, ["read_only"] = false }),
                }),
                "GET /api/v1/job" => _file is null ? (204, null) : (200, new JsonObject
                {
                    ["id"] = _job,
                    ["state"] = State == "ATTENTION" ? "PAUSED" : State,
                    ["progress"] = 42.0,
                    ["file"] = ShortNames
                        ? new JsonObject { ["name"] = "DWAPI~1.GCO", ["display_name"] = _file, ["path"] = "/usb" }
                        : new JsonObject { ["name"] = _file, ["path"] = $"/PrusaLink gcodes/{_file}" },
                }),
                _ when file.Length > 0 => File(request[..request.IndexOf(' ')], file),
                _ => (404, Error("NOT FOUND", "no such thing")),
            };
        }
    }

    private JsonObject Status()
    {
        var status = new JsonObject
        {
            ["printer"] = new JsonObject
            {
                ["state"] = State,
                ["temp_nozzle"] = 214.9,
                ["target_nozzle"] = 215.0,
                ["temp_bed"] = 59.5,
                ["target_bed"] = 60.0,
                ["axis_z"] = 0.5,
                ["status_printer"] = new JsonObject { ["ok"] = State != "ERROR", ["message"] = State == "ERROR" ? "Heating failed" : "OK" },
            },
            ["storage"] = new JsonArray(),
        };
        if (_file is not null)
            status["job"] = new JsonObject { ["id"] = _job, ["progress"] = 42.0, ["time_remaining"] = 520, ["time_printing"] = 526 };
        return status;
    }

    private (int Status, JsonObject? Answer) Command(string method, int id, string what)
    {
        if (id != _job || _file is null)
            return (404, Error("NOT FOUND", "Job is not current"));
        var allowed = (method, what) switch
        {
            ("DELETE", "") => State is "PRINTING" or "PAUSED" or "ATTENTION",
            ("PUT", "/pause") => State == "PRINTING",
            ("PUT", "/resume") => State == "PAUSED",
            _ => false,
        };
        if (!allowed)
            return (409, Error("NOT PRINTING", "Printer is not printing"));
        Set(method == "DELETE" ? "STOPPED" : what == "/pause" ? "PAUSED" : "PRINTING");
        return (204, null);
    }

    private (int Status, JsonObject? Answer) File(string method, string name)
    {
        if (!_files.TryGetValue(name, out var file))
            return (404, Error("FILE NOT FOUND", "File was not found"));
        switch (method)
        {
            case "GET" when HiddenLooks > 0:
                HiddenLooks--;
                return (404, Error("FILE NOT FOUND", "File was not found"));
            case "GET":
                return (200, new JsonObject { ["name"] = name, ["type"] = "PRINT_FILE", ["size"] = file.Size });
            case "POST" when State is not ("IDLE" or "READY" or "FINISHED" or "STOPPED"):
                return (409, Error("CANNOT PRINT", "Printer is not in a state to print"));
            case "POST":
                Begin(name);
                return (204, null);
            case "DELETE" when _file == name && State is "PRINTING" or "PAUSED":
                return (409, Error("FILE CURRENTLY PRINTED", "You cannot delete a file that is printed"));
            default:
                _files.Remove(name);
                return (204, null);
        }
    }

    private async Task UploadAsync(HttpContext context, string name)
    {
        var overwrite = context.Request.Headers["Overwrite"] == "?1";
        var status = context.Request.ContentLength is null or 0 ? 411
            : context.Request.ContentType is not ("application/octet-stream" or "text/x.gcode") ? 415
            : !overwrite && Holds(name) ? 409
            : 201;
        var length = 0;
        var buffer = new byte[64 * 1024];
        for (int read; status == 201 && (read = await context.Request.Body.ReadAsync(buffer)) > 0; length += read)
            Received += read;
        lock (Gate)
        {
            if (status == 201)
                _files[name] = (length, false);
        }

        await SendAsync(context, status, status == 201 ? null : Error("UPLOAD", "refused"));
    }

    private bool IsLoggedIn(HttpContext context, out bool stale)
    {
        stale = false;
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Digest ", StringComparison.Ordinal))
            return false;
        var given = Member().Matches(header["Digest ".Length..]).ToDictionary(
            match => match.Groups[1].Value, match => match.Groups[2].Success ? Regex.Unescape(match.Groups[2].Value) : match.Groups[3].Value);
        string Of(string name) => given.GetValueOrDefault(name, "");
        string Hash(string text) => Convert.ToHexStringLower(
            Algorithm.StartsWith("SHA-256", StringComparison.Ordinal) ? SHA256.HashData(Encoding.UTF8.GetBytes(text)) : MD5.HashData(Encoding.UTF8.GetBytes(text)));

        var secret = Hash($"{User}:Printer API:{Password}");
        if (Algorithm.EndsWith("-sess", StringComparison.Ordinal))
            secret = Hash($"{secret}:{Of("nonce")}:{Of("cnonce")}");
        var target = Hash($"{context.Request.Method}:{context.Request.Path}{context.Request.QueryString}");
        var expected = Hash(Qop ? $"{secret}:{Of("nonce")}:{Of("nc")}:{Of("cnonce")}:auth:{target}" : $"{secret}:{Of("nonce")}:{target}");
        if (Of("username") != User || Of("realm") != "Printer API" || Of("opaque") != "o=,1" || Of("response") != expected || Of("algorithm") != Algorithm
            || Of("uri") != $"{context.Request.Path}{context.Request.QueryString}")
        {
            return false;
        }

        lock (Gate)
        {
            // A count that does not grow is a replay, a nonce that was used up is stale. Those of others stay as they are.
            var known = _nonces.TryGetValue(Of("nonce"), out var last);
            var count = Qop ? Convert.ToInt32(Of("nc"), 16) : last + 1;
            stale = !known || count <= last || count > NonceUses;
            if (!stale)
                _nonces[Of("nonce")] = count;
        }

        return !stale;
    }

    [GeneratedRegex("""(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^",\s]+))""")]
    private static partial Regex Member();

    [GeneratedRegex("^(PUT|DELETE) /api/v1/job/([0-9]+)(/[a-z]+)?$")]
    private static partial Regex Job();
}
