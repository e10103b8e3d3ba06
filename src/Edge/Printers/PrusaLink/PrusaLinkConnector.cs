using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Dwapi.Edge.Printers.Connections;
using Dwapi.Edge.Resilience;
using Dwapi.Edge.Signals;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.PrusaLink;

/// <summary>A printer with PrusaLink, in its firmware or beside it (printing-3dp 4.3). It pushes nothing, so it is asked.</summary>
internal sealed class PrusaLinkConnector : IPrinterConnector
{
    private const string DefaultUser = "maker";

    // What was stored shows a moment after it was taken.
    private const int LooksForAFile = 10;

    private static readonly BackEnd PrusaLink = new("PrusaLink", BackEnd.UsualFault, Words);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly PrinterOptions _options;
    private readonly PrinterHttp _http;
    private readonly PrinterModels _models;
    private readonly TimeProvider _time;
    private readonly JobEnds _ends = new();
    private readonly Pulse _commanded = new();
    private volatile KnownJob? _job;
    private volatile string? _storage;

    /// <exception cref="EdgeOptionsException">The key, the password or the models cannot be read.</exception>
    public PrusaLinkConnector(PrinterOptions options, HostPolicies policies, TimeProvider time)
    {
        (_options, _time, _models) = (options, time, new PrinterModels(options.ModelsFile));
        var login = PrinterKey.Password(options) is { } password ? new DigestAuthentication(options.UserName ?? DefaultUser, password) : null;
        _http = new PrinterHttp(options.Address!, PrusaLink, login is null ? PrinterKey.Read(options) : null, policies, time, login);
    }

    public PrinterCapabilities Capabilities { get; } = new(PullsByUri: false, HasQueue: false, Push: false, Slices: false);

    public bool KeepsHistory => false;

    public async Task<PrinterDescription> DescribeAsync(CancellationToken cancellationToken)
    {
        var version = await _http.GetAsync("api/version", cancellationToken).ConfigureAwait(false);
        if (PrinterJson.Flag(PrinterJson.Object(version, "capabilities"), "upload-by-put") != true)
        {
            throw new PrinterException(
                PrinterFault.Malformed, $"{_http.Host} is not PrusaLink, or one that takes no files by PUT. Check the address, or update the printer's firmware or its PrusaLink.");
        }

        var info = await _http.GetAsync("api/v1/info", cancellationToken).ConfigureAwait(false);
        var model = _models.Find(
            _options.Model, PrinterJson.Text(version, "original"), PrinterJson.Text(version, "printer"), PrinterJson.Text(info, "hostname"), PrinterJson.Text(version, "hostname"));
        var volume = PrintVolume.Of(_options) ?? PrintVolume.Parse(model?.PrintVolume) ?? default;
        return new PrinterDescription(
            new DeviceObject
            {
                ProductName = PrinterIdentity.ProductName(_options, PrinterJson.FirstText(info, "name", "hostname")),
                ManufacturerName = _options.Manufacturer,
                ModelNumber = _options.Model.Length > 0 ? _options.Model : model?.Model ?? "",
                SerialNumber = _options.SerialNumber.Length > 0 ? _options.SerialNumber : PrinterJson.Text(info, "serial"),
                FirmwareRevision = PrinterJson.Text(version, "firmware"),
                SoftwareRevision = PrinterJson.Text(version, "text"),
                SystemId = PrinterIdentity.SystemId(_options),
            },
            new PrinterAttributes
            {
                PrintType = PrintTypes.Fdm,
                PrintSizeX = volume.X,
                PrintSizeY = volume.Y,
                PrintSizeZ = volume.Z,
                Network = _options.Network,
                NozzleDiameter = PrinterJson.Number(info, "nozzle_diameter"),
                HeatedBed = true,
                FormFactor = "rectangular",
                FileTypes = ["text/x.gcode"],
            });
    }

    public async Task<PrinterReading> GetStatusAsync(CancellationToken cancellationToken)
    {
        var status = await AskAsync(cancellationToken).ConfigureAwait(false);
        var id = PrusaLinkStatus.JobId(status);
        var reading = PrusaLinkStatus.Read(status, id is null ? null : await FileOfAsync(id, cancellationToken).ConfigureAwait(false), _ends.Last);
        _ends.Observe(reading, id);
        return reading;
    }

    public IAsyncEnumerable<PrinterReading> WatchStatusAsync(CancellationToken cancellationToken) => PrinterWatch.RunAsync(PollAsync, _time, cancellationToken);

    public Task<ImmutableArray<string>> GetQueueAsync(CancellationToken cancellationToken) => Task.FromResult(ImmutableArray<string>.Empty);

    public async Task StoreAsync(PrintFile file, CancellationToken cancellationToken)
    {
        // Its own type is said: where none is, PrusaLink guesses from the file that it is about to replace.
        await _http.UploadAsync(
            HttpMethod.Put,
            await PathAsync(file.RemoteName, cancellationToken).ConfigureAwait(false),
            () => PrinterUpload.Of(file, "text/x.gcode"),
            [("Overwrite", "?1"), ("Print-After-Upload", "?0"), ("Expect", "100-continue")],
            cancellationToken).ConfigureAwait(false);
        for (var look = 1; !await HasAsync(file.RemoteName, file.Size, cancellationToken).ConfigureAwait(false); look++)
        {
            if (look == LooksForAFile)
                throw new PrinterException(PrinterFault.Damaged, "the printer does not hold the file with the size that was sent");
            await Task.Delay(BetweenLooks, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<bool> HasAsync(string remoteName, long size, CancellationToken cancellationToken)
    {
        try
        {
            var path = await PathAsync(remoteName, cancellationToken).ConfigureAwait(false);
            return PrinterJson.Number(await _http.GetSafelyAsync(path, cancellationToken).ConfigureAwait(false), "size") == size;
        }
        catch (PrinterException e) when (e.Fault == PrinterFault.Refused)
        {
            return false;
        }
    }

    public async Task StartAsync(string remoteName, CancellationToken cancellationToken)
    {
        // Where the file went is known, unless the edge was started anew since.
        var path = _storage is { } known ? Path(known, remoteName) : await PathAsync(remoteName, cancellationToken).ConfigureAwait(false);
        _ends.Begin(remoteName);
        try
        {
            await _http.CommandAsync(HttpMethod.Post, path, null, cancellationToken).ConfigureAwait(false);
        }
        catch (PrinterException e) when (e.Fault == PrinterFault.Unreachable)
        {
            // It may have come through all the same: only the printer's state tells.
        }
        finally
        {
            _commanded.Raise();
        }
    }

    public async Task<RemoteJob?> FindAsync(string remoteName, CancellationToken cancellationToken)
    {
        // PrusaLink keeps no history: what was seen is all there is, and a printer that is idle again proves nothing.
        var reading = await GetStatusAsync(cancellationToken).ConfigureAwait(false);
        return reading.Occupied && reading.JobOf(remoteName) is { } now ? new RemoteJob(now, _job?.Id, reading.Message) : _ends.Find(remoteName);
    }

    public Task PauseAsync(CancellationToken cancellationToken) => JobAsync(HttpMethod.Put, "/pause", cancellationToken);

    public Task ResumeAsync(CancellationToken cancellationToken) => JobAsync(HttpMethod.Put, "/resume", cancellationToken);

    public Task CancelAsync(CancellationToken cancellationToken) => JobAsync(HttpMethod.Delete, "", cancellationToken);

    public async Task RemoveAsync(string remoteName, CancellationToken cancellationToken) =>
        await _http.DeleteAsync(await PathAsync(remoteName, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Words(JsonObject? body) =>
        string.Join(": ", new[] { PrinterJson.Text(body, "title"), PrinterJson.FirstText(body, "text", "message") }.Where(words => words.Length > 0));

    private async Task PollAsync(Action<PrinterReading> read, CancellationToken cancellationToken)
    {
        while (true)
        {
            var commanded = _commanded.Next;
            var reading = await GetStatusAsync(cancellationToken).ConfigureAwait(false);
            read(reading);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(commanded, Task.Delay(PrusaLinkPace.Next(reading), _time, stop.Token)).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<JsonObject> AskAsync(CancellationToken cancellationToken)
    {
        var status = await _http.GetAsync("api/v1/status", cancellationToken).ConfigureAwait(false);
        return PrusaLinkStatus.State(status).Length > 0 ? status : throw _http.Stranger();
    }

    // The status names a job by its number; its file is asked for once a job. Printers with short names keep the long one beside it.
    private async Task<string?> FileOfAsync(string id, CancellationToken cancellationToken)
    {
        if (_job is { } known && known.Id == id)
            return known.File;
        var file = PrinterJson.Object(await _http.FindAsync("api/v1/job", cancellationToken).ConfigureAwait(false), "file");
        var name = PrinterJson.FirstText(file, "display_name", "name");
        if (name.Length == 0)
            return null;
        _job = new KnownJob(id, name);
        return name;
    }

    private async Task JobAsync(HttpMethod method, string what, CancellationToken cancellationToken)
    {
        var id = PrusaLinkStatus.JobId(await AskAsync(cancellationToken).ConfigureAwait(false))
            ?? throw new PrinterException(PrinterFault.Refused, "the printer has no job in hand");
        try
        {
            await _http.CommandAsync(method, $"api/v1/job/{id}{what}", null, cancellationToken).ConfigureAwait(false);
        }
        catch (PrinterException e) when (e.Fault == PrinterFault.Busy)
        {
            // 409: it is not in a state for that.
            throw new PrinterException(PrinterFault.Refused, e.Message, e);
        }
        finally
        {
            _commanded.Raise();
        }
    }

    private static string Path(string storage, string remoteName) => $"api/v1/files/{storage}/{Uri.EscapeDataString(remoteName)}";

    private async Task<string> PathAsync(string remoteName, CancellationToken cancellationToken) =>
        Path(_storage = await StorageAsync(cancellationToken).ConfigureAwait(false), remoteName);

    // A stick can be pulled out and put in: where files go is asked for anew.
    private async Task<string> StorageAsync(CancellationToken cancellationToken)
    {
        var storages = PrinterJson.Objects(await _http.GetSafelyAsync("api/v1/storage", cancellationToken).ConfigureAwait(false), "storage_list");
        var usable = storages.FirstOrDefault(storage =>
            PrinterJson.Flag(storage, "available") != false && PrinterJson.Flag(storage, "read_only") != true && PrinterJson.Text(storage, "path").Trim('/').Length > 0);
        return usable is not null
            ? PrinterJson.Text(usable, "path").Trim('/')
            : throw new PrinterException(PrinterFault.NotTaken, "the printer has nowhere to put files: plug in its USB stick");
    }

    private sealed record KnownJob(string Id, string File);
}
