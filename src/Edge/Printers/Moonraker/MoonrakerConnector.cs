using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Nodes;
using Dwapi.Edge.Printers.Connections;
using Dwapi.Edge.Resilience;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Moonraker;

/// <summary>A printer with Klipper behind Moonraker (printing-3dp 4.2).</summary>
internal sealed class MoonrakerConnector : IPrinterConnector
{
    private const int HistoryDepth = 50;

    private static readonly BackEnd Moonraker = new("Moonraker", FaultOf, WordsOf);

    private readonly PrinterOptions _options;
    private readonly PrinterHttp _http;
    private readonly string? _apiKey;
    private readonly TimeProvider _time;

    public MoonrakerConnector(PrinterOptions options, HostPolicies policies, TimeProvider time)
    {
        (_options, _time, _apiKey) = (options, time, PrinterKey.Read(options));
        _http = new PrinterHttp(options.Address!, Moonraker, _apiKey, policies, time);
    }

    public PrinterCapabilities Capabilities { get; } = new(PullsByUri: false, HasQueue: true, Push: true, Slices: false);

    public async Task<PrinterDescription> DescribeAsync(CancellationToken cancellationToken)
    {
        var info = await AskKlipperAsync("printer/info", cancellationToken).ConfigureAwait(false);
        var objects = await QueryAsync("toolhead&configfile=settings&mcu&heater_bed", cancellationToken).ConfigureAwait(false);
        var system = Result(await _http.GetAsync("machine/system_info", cancellationToken).ConfigureAwait(false));
        var settings = PrinterJson.Object(PrinterJson.Object(objects, "configfile"), "settings");
        var cpu = PrinterJson.Object(PrinterJson.Object(system, "system_info"), "cpu_info");
        var volume = PrintVolume.Of(_options) ?? new PrintVolume(Size(objects, 0), Size(objects, 1), Size(objects, 2));
        return new PrinterDescription(
            new DeviceObject
            {
                ProductName = PrinterIdentity.ProductName(_options, PrinterJson.Text(info, "hostname")),
                ManufacturerName = _options.Manufacturer,
                ModelNumber = _options.Model,
                SerialNumber = _options.SerialNumber,
                FirmwareRevision = PrinterJson.Text(PrinterJson.Object(objects, "mcu"), "mcu_version"),
                SoftwareRevision = PrinterJson.Text(info, "software_version"),
                SystemId = PrinterIdentity.SystemId(_options),
            },
            new PrinterAttributes
            {
                PrintType = PrintTypes.Fdm,
                PrintSizeX = volume.X,
                PrintSizeY = volume.Y,
                PrintSizeZ = volume.Z,
                Network = _options.Network,
                Memory = Megabytes(cpu),
                NozzleDiameter = PrinterJson.Number(PrinterJson.Object(settings, "extruder"), "nozzle_diameter"),

                // Klipper answers for an object that it does not have too: with an empty one.
                HeatedBed = PrinterJson.Object(objects, "heater_bed") is { Count: > 0 },
                FormFactor = PrinterJson.Text(PrinterJson.Object(settings, "printer"), "kinematics").Contains("delta", StringComparison.Ordinal)
                    ? "circular" : "rectangular",
                FileTypes = ["text/x.gcode"],
            });
    }

    public async Task<PrinterReading> GetStatusAsync(CancellationToken cancellationToken)
    {
        var list = await AskKlipperAsync("printer/objects/list", cancellationToken).ConfigureAwait(false);
        var wanted = MoonrakerStatus.Wanted((list["objects"] as JsonArray ?? []).Select(name => name?.ToString() ?? ""));
        var objects = await QueryAsync(
            string.Join('&', wanted.Select(item => $"{Uri.EscapeDataString(item.Name)}={string.Join(',', item.Fields)}")), cancellationToken).ConfigureAwait(false);
        var state = new MoonrakerObjects();
        state.Merge(objects);
        return MoonrakerStatus.Read(state, await GetQueueAsync(cancellationToken).ConfigureAwait(false));
    }

    public IAsyncEnumerable<PrinterReading> WatchStatusAsync(CancellationToken cancellationToken) => PrinterWatch.RunAsync(
        (read, stop) => new MoonrakerSession(_http, _apiKey, read, _time).RunAsync(stop), _time, cancellationToken);

    public async Task<ImmutableArray<string>> GetQueueAsync(CancellationToken cancellationToken)
    {
        var status = Result(await _http.GetAsync("server/job_queue/status", cancellationToken).ConfigureAwait(false));
        return [.. PrinterJson.Objects(status, "queued_jobs").Select(job => PrinterJson.Text(job, "filename"))];
    }

    public async Task StoreAsync(PrintFile file, CancellationToken cancellationToken)
    {
        if (await LargestUploadAsync(cancellationToken).ConfigureAwait(false) is { } most && file.Size > most)
            throw new PrinterException(PrinterFault.NotTaken, $"the printer takes no file of more than {most >> 20} MB: raise max_upload_size in its moonraker.conf.");
        await _http.UploadAsync(
            HttpMethod.Post,
            "server/files/upload",
            () => new MultipartFormDataContent
            {
                { new StringContent("gcodes"), "root" },
                { new StringContent(file.Sha256), "checksum" },
                { PrinterUpload.Of(file), "file", file.RemoteName },
            },
            [],
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<bool> HasAsync(string remoteName, long size, CancellationToken cancellationToken)
    {
        try
        {
            var metadata = Result(await _http.GetSafelyAsync($"server/files/metadata?filename={Uri.EscapeDataString(remoteName)}", cancellationToken).ConfigureAwait(false));
            return PrinterJson.Number(metadata, "size") == size;
        }
        catch (PrinterException e) when (e.Fault == PrinterFault.Refused)
        {
            return false;
        }
    }

    public async Task StartAsync(string remoteName, CancellationToken cancellationToken)
    {
        try
        {
            await _http.CommandAsync(HttpMethod.Post, $"printer/print/start?filename={Uri.EscapeDataString(remoteName)}", null, cancellationToken).ConfigureAwait(false);
        }
        catch (PrinterException e) when (e.Fault == PrinterFault.Unreachable)
        {
            // It may have come through all the same: only the printer's state tells.
        }
    }

    public async Task<RemoteJob?> FindAsync(string remoteName, CancellationToken cancellationToken)
    {
        // What the printer does now goes before what the history says of it: Moonraker calls a print interrupted that survived its restart.
        var reading = await GetStatusAsync(cancellationToken).ConfigureAwait(false);
        var past = await HistoryAsync(remoteName, cancellationToken).ConfigureAwait(false);
        if (reading.JobOf(remoteName) is not { } state)
            return past;

        // A Klipper that stopped after the print keeps the print's name: that it had ended by then only the history says.
        return state == RemoteJobState.Failed && past is { State: RemoteJobState.Completed or RemoteJobState.Cancelled }
            ? past : new RemoteJob(state, past?.Id, reading.Message);
    }

    public Task PauseAsync(CancellationToken cancellationToken) => _http.CommandAsync(HttpMethod.Post, "printer/print/pause", null, cancellationToken);

    public Task ResumeAsync(CancellationToken cancellationToken) => _http.CommandAsync(HttpMethod.Post, "printer/print/resume", null, cancellationToken);

    public Task CancelAsync(CancellationToken cancellationToken) => _http.CommandAsync(HttpMethod.Post, "printer/print/cancel", null, cancellationToken);

    public Task RemoveAsync(string remoteName, CancellationToken cancellationToken) =>
        _http.DeleteAsync($"server/files/gcodes/{Uri.EscapeDataString(remoteName)}", cancellationToken);

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static PrinterFault FaultOf(HttpStatusCode status, string words) => status switch
    {
        HttpStatusCode.Forbidden => PrinterFault.Busy,
        HttpStatusCode.BadRequest when words.Contains("SD busy", StringComparison.Ordinal) => PrinterFault.Busy,
        _ => BackEnd.UsualFault(status, words),
    };

    // Words of several lines (Klipper's) are "Unknown" as a message where Tornado is new: it makes a status line of them. The trace ends with them.
    private static string WordsOf(JsonObject? body)
    {
        var error = PrinterJson.Object(body, "error");
        var words = PrinterJson.Text(error, "message");
        if (words != "Unknown")
            return words;
        var trace = PrinterJson.Text(error, "traceback").Trim();
        var last = trace.LastIndexOf("HTTPError: HTTP ", StringComparison.Ordinal);
        var begin = last < 0 ? -1 : trace.IndexOf(": ", last + "HTTPError: ".Length, StringComparison.Ordinal);
        return begin < 0 ? words : trace[(begin + 2)..];
    }

    private JsonObject Result(JsonObject answer) => PrinterJson.Object(answer, "result") ?? throw _http.Stranger();

    private static double Size(JsonObject objects, int axis)
    {
        var toolhead = PrinterJson.Object(objects, "toolhead");
        return Math.Max(0, Axis(toolhead?["axis_maximum"]) - Axis(toolhead?["axis_minimum"]));

        double Axis(JsonNode? axes) => axes is JsonArray { Count: >= 3 } many && many[axis] is JsonValue value
            && value.TryGetValue<double>(out var end) && double.IsFinite(end) ? end : 0;
    }

    private static double? Megabytes(JsonObject? cpu)
    {
        var total = PrinterJson.Number(cpu, "total_memory");
        return PrinterJson.Text(cpu, "memory_units", "kB") == "kB" && total is { } kilobytes ? Math.Round(kilobytes / 1024) : null;
    }

    private async Task<JsonObject> QueryAsync(string objects, CancellationToken cancellationToken) =>
        (await AskKlipperAsync($"printer/objects/query?{objects}", cancellationToken).ConfigureAwait(false))["status"] as JsonObject ?? [];

    // A Moonraker that has not met its Klipper since it started does not even know what Klipper can be asked.
    private async Task<JsonObject> AskKlipperAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return Result(await _http.GetAsync(path, cancellationToken).ConfigureAwait(false));
        }
        catch (PrinterException e) when (e is { Fault: PrinterFault.Refused, Message: "Not Found" })
        {
            throw new PrinterException(PrinterFault.Unreachable, MoonrakerStatus.NoKlipper.Troubles[0].Message, e);
        }
    }

    // A larger one is not refused: Moonraker breaks the connection off, as often as it is sent. Bytes; null if it does not say.
    private async Task<long?> LargestUploadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = Result(await _http.GetSafelyAsync("server/config", cancellationToken).ConfigureAwait(false));
            var megabytes = PrinterJson.Number(PrinterJson.Object(PrinterJson.Object(answer, "config"), "server"), "max_upload_size");
            return megabytes is > 0 and < 1e9 ? (long)(megabytes.Value * (1 << 20)) : null;
        }
        catch (PrinterException e) when (e.Fault == PrinterFault.Refused)
        {
            return null;
        }
    }

    private async Task<RemoteJob?> HistoryAsync(string remoteName, CancellationToken cancellationToken)
    {
        var history = Result(await _http.GetSafelyAsync($"server/history/list?limit={HistoryDepth}&order=desc", cancellationToken).ConfigureAwait(false));
        var job = PrinterJson.Objects(history, "jobs").FirstOrDefault(job => PrinterJson.Text(job, "filename") == remoteName);
        if (job is null)
            return null;
        var status = PrinterJson.Text(job, "status");
        var state = status switch
        {
            "completed" => RemoteJobState.Completed,
            "cancelled" => RemoteJobState.Cancelled,
            "error" or "klippy_shutdown" => RemoteJobState.Failed,

            // The printer shows it no longer, and Moonraker has not heard of its end yet: a moment later it has.
            "in_progress" => RemoteJobState.Waiting,
            _ => RemoteJobState.Interrupted,
        };
        return new RemoteJob(state, PrinterJson.Text(job, "job_id"), $"the printer's history says {status}");
    }
}
