using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Dwapi.Edge.Printers.Connections;
using Dwapi.Edge.Resilience;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.OctoPrint;

/// <summary>A printer behind OctoPrint (printing-3dp 4.1): it pushes, and where its WebSocket cannot be had it is asked.</summary>
internal sealed class OctoPrintConnector : IPrinterConnector
{
    // A job's end comes as an event and a little later in the file's history; what is in neither by then is not known.
    private const int LooksForAnEnd = 6;

    private static readonly BackEnd OctoPrint = new("OctoPrint", BackEnd.UsualFault, body => PrinterJson.Text(body, "error")) { KeepsConnections = false };

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AskWhilePrinting = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AskWhileIdle = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PushAgainAfter = TimeSpan.FromSeconds(60);

    private readonly PrinterOptions _options;
    private readonly PrinterHttp _http;
    private readonly TimeProvider _time;
    private readonly JobEnds _ends = new();
    private readonly AskedPause _pause = new();
    private readonly OctoPrintEvents _events;
    private readonly OctoPrintReconnect? _reconnect;

    public OctoPrintConnector(PrinterOptions options, HostPolicies policies, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _http = Connect(options.Address!, PrinterKey.Read(options), policies, time);
        _events = new OctoPrintEvents(_ends, _pause);
        _reconnect = options.Reconnect ? new OctoPrintReconnect(_http, time) : null;
    }

    public PrinterCapabilities Capabilities { get; } = new(PullsByUri: false, HasQueue: false, Push: true, Slices: false);

    public bool KeepsHistory => false;

    /// <summary>OctoPrint's HTTP side, with a key or without one.</summary>
    public static PrinterHttp Connect(Uri address, string? apiKey, HostPolicies policies, TimeProvider time) => new(address, OctoPrint, apiKey, policies, time);

    public async Task<PrinterDescription> DescribeAsync(CancellationToken cancellationToken)
    {
        var version = await _http.GetAsync("api/version", cancellationToken).ConfigureAwait(false);
        if (PrinterJson.Text(version, "server").Length == 0)
            throw _http.Stranger();
        var profile = await ProfileAsync(cancellationToken).ConfigureAwait(false);
        var (size, extruder) = (PrinterJson.Object(profile, "volume"), PrinterJson.Object(profile, "extruder"));
        var volume = PrintVolume.Of(_options)
            ?? new PrintVolume(PrinterJson.Number(size, "width") ?? 0, PrinterJson.Number(size, "depth") ?? 0, PrinterJson.Number(size, "height") ?? 0);
        return new PrinterDescription(
            new DeviceObject
            {
                ProductName = PrinterIdentity.ProductName(_options, PrinterJson.Text(profile, "name")),
                ManufacturerName = _options.Manufacturer,
                ModelNumber = _options.Model.Length > 0 ? _options.Model : PrinterJson.Text(profile, "model"),
                SerialNumber = _options.SerialNumber,
                FirmwareRevision = _events.Firmware is { Length: > 0 } told ? told : await FirmwareAsync(cancellationToken).ConfigureAwait(false),
                SoftwareRevision = PrinterJson.Text(version, "server"),
                SystemId = PrinterIdentity.SystemId(_options),
            },
            new PrinterAttributes
            {
                PrintType = PrintTypes.Fdm,
                PrintSizeX = volume.X,
                PrintSizeY = volume.Y,
                PrintSizeZ = volume.Z,
                Network = _options.Network,
                NozzleDiameter = PrinterJson.Number(extruder, "nozzleDiameter"),
                HeatedBed = PrinterJson.Flag(profile, "heatedBed"),
                FormFactor = PrinterJson.Text(size, "formFactor", "rectangular"),
                FileTypes = ["text/x.gcode"],
            });
    }

    public async Task<PrinterReading> GetStatusAsync(CancellationToken cancellationToken) =>
        (await AskAsync(cancellationToken).ConfigureAwait(false)).Read(_ends, _pause, events: false);

    public IAsyncEnumerable<PrinterReading> WatchStatusAsync(CancellationToken cancellationToken) =>
        PrinterWatch.RunAsync(SessionAsync, _time, cancellationToken);

    public Task<ImmutableArray<string>> GetQueueAsync(CancellationToken cancellationToken) => Task.FromResult(ImmutableArray<string>.Empty);

    public async Task StoreAsync(PrintFile file, CancellationToken cancellationToken)
    {
        try
        {
            await _http.UploadAsync(
                HttpMethod.Post, "api/files/local", () => new MultipartFormDataContent { { PrinterUpload.Of(file), "file", file.RemoteName } }, [], cancellationToken)
                .ConfigureAwait(false);
        }
        catch (PrinterException e) when (e is { Fault: PrinterFault.Unreachable, InnerException: HttpRequestException { HttpRequestError: not HttpRequestError.ConnectionError } })
        {
            // A file that is larger than it takes gets no word of it, the connection breaks. If it answers otherwise, trying on is of no use.
            await _http.GetAsync("api/version", cancellationToken).ConfigureAwait(false);
            throw new PrinterException(
                PrinterFault.NotTaken,
                $"OctoPrint broke the upload off each time. The file has {file.Size} bytes: let OctoPrint's setting server.uploads.maxSize (1 GB if it is not set) be larger.", e);
        }

        // It has no checksum to compare with: the size is what there is.
        if (!await HasAsync(file.RemoteName, file.Size, cancellationToken).ConfigureAwait(false))
            throw new PrinterException(PrinterFault.Damaged, "OctoPrint does not hold the file with the size that was sent");
    }

    public async Task<bool> HasAsync(string remoteName, long size, CancellationToken cancellationToken) =>
        PrinterJson.Number(await FileAsync(remoteName, cancellationToken).ConfigureAwait(false), "size") == size;

    public async Task StartAsync(string remoteName, CancellationToken cancellationToken)
    {
        _ends.Begin(remoteName);
        try
        {
            await _http.CommandAsync(
                HttpMethod.Post, Path(remoteName), new JsonObject { ["command"] = "select", ["print"] = true }, cancellationToken).ConfigureAwait(false);
        }
        catch (PrinterException e) when (e.Fault == PrinterFault.Unreachable)
        {
            // It may have come through all the same: only the printer's state tells.
        }
    }

    public async Task<RemoteJob?> FindAsync(string remoteName, CancellationToken cancellationToken)
    {
        for (var look = 1; ; look++)
        {
            var reading = await GetStatusAsync(cancellationToken).ConfigureAwait(false);
            if (reading.Occupied && reading.JobOf(remoteName) is { } now)
                return new RemoteJob(now, null, reading.Message);
            if (_ends.Find(remoteName) is { } ended)
                return ended;
            if (Past(await FileAsync(remoteName, cancellationToken).ConfigureAwait(false)) is { } past)
                return past;

            // What OctoPrint forgot is no success: if it ended in mid print it comes back without any job.
            if (look == LooksForAnEnd || !_ends.Saw(remoteName))
                return null;
            await Task.Delay(BetweenLooks, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task PauseAsync(CancellationToken cancellationToken)
    {
        _pause.Ask();
        try
        {
            await JobAsync(new JsonObject { ["command"] = "pause", ["action"] = "pause" }, cancellationToken).ConfigureAwait(false);
        }
        catch (PrinterException e) when (e.Fault != PrinterFault.Unreachable)
        {
            _pause.Withdraw();
            throw;
        }
    }

    public Task ResumeAsync(CancellationToken cancellationToken) =>
        JobAsync(new JsonObject { ["command"] = "pause", ["action"] = "resume" }, cancellationToken);

    public Task CancelAsync(CancellationToken cancellationToken) => JobAsync(new JsonObject { ["command"] = "cancel" }, cancellationToken);

    public Task RemoveAsync(string remoteName, CancellationToken cancellationToken) =>
        _http.DeleteAsync(Path(remoteName), cancellationToken);

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Path(string remoteName) => $"api/files/local/{Uri.EscapeDataString(remoteName)}";

    // The history of a file knows its last print only, and not why one did not succeed. One from before the file was stored is not ours.
    private static RemoteJob? Past(JsonObject? file)
    {
        var last = PrinterJson.Object(PrinterJson.Object(file, "prints"), "last");
        if (PrinterJson.Flag(last, "success") is not { } success || PrinterJson.Number(last, "date") < PrinterJson.Number(file, "date"))
            return null;
        return success
            ? new RemoteJob(RemoteJobState.Completed, null, "")
            : new RemoteJob(RemoteJobState.Failed, null, "OctoPrint's history says that the print did not succeed");
    }

    private async Task SessionAsync(Action<PrinterReading> read, CancellationToken cancellationToken)
    {
        var pushed = false;
        try
        {
            await new OctoPrintSession(_http, _ends, _pause, _events, _time).RunAsync(
                LearnAsync,
                (state, reading) =>
                {
                    pushed = true;
                    _reconnect?.Note(state, cancellationToken);
                    read(reading);
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (PrinterException e) when (!pushed && e.Fault != PrinterFault.Unauthorized)
        {
            await PollAsync(read, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PollAsync(Action<PrinterReading> read, CancellationToken cancellationToken)
    {
        var since = _time.GetTimestamp();
        await LearnAsync(await AskAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        while (_time.GetElapsedTime(since) < PushAgainAfter)
        {
            var state = await AskAsync(cancellationToken).ConfigureAwait(false);
            var reading = state.Read(_ends, _pause, events: false);
            if (reading is { Occupied: false, FileName: null } && _ends.Last is { } last && _ends.Find(last) is null
                && Past(await FileAsync(last, cancellationToken).ConfigureAwait(false)) is { } past)
            {
                _ends.End(last, past.State, past.Id, past.Message);
                reading = state.Read(_ends, _pause, events: false);
            }

            _reconnect?.Note(state, cancellationToken);
            read(reading);
            await Task.Delay(state.InHand ? AskWhilePrinting : AskWhileIdle, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    // A print that ended while nobody listened: the selected file may still know.
    private async Task LearnAsync(OctoPrintState state, CancellationToken cancellationToken)
    {
        if (state is { InHand: false, File: { } file, Completion: >= 100 } && _ends.Find(file) is null
            && Past(await FileAsync(file, cancellationToken).ConfigureAwait(false)) is { } past)
        {
            _ends.End(file, past.State, past.Id, past.Message);
        }
    }

    private async Task<OctoPrintState> AskAsync(CancellationToken cancellationToken)
    {
        JsonObject? printer = null;
        try
        {
            printer = await _http.GetAsync("api/printer?exclude=sd", cancellationToken).ConfigureAwait(false);
        }
        catch (PrinterException e) when (e.Fault == PrinterFault.Busy)
        {
            // Not operational: the job says why.
        }

        var job = await _http.GetAsync("api/job", cancellationToken).ConfigureAwait(false);
        return PrinterJson.Text(job, "state").Length > 0 ? OctoPrintState.OfRest(printer, job) : throw _http.Stranger();
    }

    private async Task<JsonObject?> ProfileAsync(CancellationToken cancellationToken)
    {
        try
        {
            var profiles = PrinterJson.Object(await _http.GetAsync("api/printerprofiles", cancellationToken).ConfigureAwait(false), "profiles");
            var known = (profiles ?? []).Select(item => item.Value).OfType<JsonObject>().ToArray();
            return known.FirstOrDefault(profile => PrinterJson.Flag(profile, "current") == true)
                ?? known.FirstOrDefault(profile => PrinterJson.Flag(profile, "default") == true) ?? known.FirstOrDefault();
        }
        catch (PrinterException e) when (e.Fault == PrinterFault.Unauthorized)
        {
            // A key that may print need not be one that may look at connections: the settings have to say the size then.
            return null;
        }
    }

    // The event comes only when OctoPrint connects to its printer, which was before us most often. Who may not ask for it (SYSTEM) does without.
    private async Task<string> FirmwareAsync(CancellationToken cancellationToken)
    {
        try
        {
            var system = PrinterJson.Object(await _http.GetAsync("api/system/info", cancellationToken).ConfigureAwait(false), "systeminfo");
            return PrinterJson.Text(system, "printer.firmware");
        }
        catch (PrinterException)
        {
            return "";
        }
    }

    private async Task<JsonObject?> FileAsync(string remoteName, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.GetSafelyAsync(Path(remoteName), cancellationToken).ConfigureAwait(false);
        }
        catch (PrinterException e) when (e.Fault == PrinterFault.Refused)
        {
            return null;
        }
    }

    private async Task JobAsync(JsonObject command, CancellationToken cancellationToken)
    {
        try
        {
            await _http.CommandAsync(HttpMethod.Post, "api/job", command, cancellationToken).ConfigureAwait(false);
        }
        catch (PrinterException e) when (e.Fault == PrinterFault.Busy)
        {
            // 409: it is not in a state for that.
            throw new PrinterException(PrinterFault.Refused, e.Message, e);
        }
    }
}
