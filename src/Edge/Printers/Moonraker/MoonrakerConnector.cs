using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Dwapi.Edge.Resilience;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Moonraker;

/// <summary>A printer with Klipper behind Moonraker (printing-3dp 4.2).</summary>
internal sealed class MoonrakerConnector : IPrinterConnector
{
    private const int ReadingsAhead = 64;
    private const int HistoryDepth = 50;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly PrinterOptions _options;
    private readonly MoonrakerClient _client;
    private readonly TimeProvider _time;

    public MoonrakerConnector(PrinterOptions options, HostPolicies policies, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _client = new MoonrakerClient(options.Address!, PrinterKey.Read(options), policies, time);
    }

    public PrinterCapabilities Capabilities { get; } = new(PullsByUri: false, HasQueue: true, Push: true, Slices: false);

    public async Task<PrinterDescription> DescribeAsync(CancellationToken cancellationToken)
    {
        var info = Result(await _client.GetAsync("/printer/info", cancellationToken).ConfigureAwait(false));
        var objects = await QueryAsync("toolhead&configfile=settings&mcu&heater_bed", cancellationToken).ConfigureAwait(false);
        var system = Result(await _client.GetAsync("/machine/system_info", cancellationToken).ConfigureAwait(false));
        var settings = objects["configfile"]?["settings"] as JsonObject;
        var cpu = system["system_info"]?["cpu_info"] as JsonObject;
        return new PrinterDescription(
            new DeviceObject
            {
                ProductName = Named(MoonrakerStatus.Text(info, "hostname", "")),
                ManufacturerName = _options.Manufacturer,
                ModelNumber = _options.Model,
                SerialNumber = _options.SerialNumber,
                FirmwareRevision = MoonrakerStatus.Text(objects["mcu"] as JsonObject, "mcu_version", ""),
                SoftwareRevision = MoonrakerStatus.Text(info, "software_version", ""),
                SystemId = PrinterIdentity.SystemId(_options),
            },
            new PrinterAttributes
            {
                PrintType = PrintTypes.Fdm,
                PrintSizeX = Size(objects, 0),
                PrintSizeY = Size(objects, 1),
                PrintSizeZ = Size(objects, 2),
                Network = _options.Network,
                Memory = Megabytes(cpu),
                NozzleDiameter = MoonrakerStatus.Number(settings?["extruder"] as JsonObject, "nozzle_diameter"),
                HeatedBed = objects.ContainsKey("heater_bed"),
                FormFactor = MoonrakerStatus.Text(settings?["printer"] as JsonObject, "kinematics", "").Contains("delta", StringComparison.Ordinal)
                    ? "circular" : "rectangular",
                FileTypes = ["text/x.gcode"],
            });
    }

    public async Task<PrinterReading> GetStatusAsync(CancellationToken cancellationToken)
    {
        var list = Result(await _client.GetAsync("/printer/objects/list", cancellationToken).ConfigureAwait(false));
        var names = MoonrakerStatus.Wanted((list["objects"] as JsonArray ?? []).Select(name => name?.ToString() ?? ""));
        var objects = await QueryAsync(string.Join('&', names.Select(Uri.EscapeDataString)), cancellationToken).ConfigureAwait(false);
        return MoonrakerStatus.Read(objects, await GetQueueAsync(cancellationToken).ConfigureAwait(false));
    }

    public async IAsyncEnumerable<PrinterReading> WatchStatusAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var readings = Channel.CreateBounded<PrinterReading>(new BoundedChannelOptions(ReadingsAhead)
        {
            // A consumer that is slower than its printer sees the latest, not the oldest.
            FullMode = BoundedChannelFullMode.DropOldest,
            SingleReader = true,
        });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = KeepConnectedAsync(readings.Writer, stop.Token);
        try
        {
            await foreach (var reading in readings.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return reading;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async Task<ImmutableArray<string>> GetQueueAsync(CancellationToken cancellationToken)
    {
        var status = Result(await _client.GetAsync("/server/job_queue/status", cancellationToken).ConfigureAwait(false));
        return [.. (status["queued_jobs"] as JsonArray ?? []).OfType<JsonObject>().Select(job => MoonrakerStatus.Text(job, "filename", ""))];
    }

    public Task StoreAsync(PrintFile file, CancellationToken cancellationToken) => _client.UploadAsync(file, cancellationToken);

    public async Task<bool> HasAsync(string remoteName, long size, CancellationToken cancellationToken)
    {
        try
        {
            var metadata = Result(await _client.GetSafelyAsync($"/server/files/metadata?filename={Uri.EscapeDataString(remoteName)}", cancellationToken).ConfigureAwait(false));
            return MoonrakerStatus.Number(metadata, "size") == size;
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
            await _client.CommandAsync($"/printer/print/start?filename={Uri.EscapeDataString(remoteName)}", cancellationToken).ConfigureAwait(false);
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
        if (reading.FileName == remoteName)
        {
            RemoteJobState? now = reading.Status switch
            {
                OperatingStatus.Paused or OperatingStatus.Attention => RemoteJobState.Paused,
                OperatingStatus.Printing or OperatingStatus.Heating or OperatingStatus.Preparing => RemoteJobState.Printing,
                OperatingStatus.Finished => RemoteJobState.Completed,
                OperatingStatus.Stopped => RemoteJobState.Cancelled,
                OperatingStatus.Error => RemoteJobState.Failed,
                _ => null,
            };
            if (now is { } state)
                return new RemoteJob(state, past?.Id, reading.Message);
        }

        return past;
    }

    public Task PauseAsync(CancellationToken cancellationToken) => _client.CommandAsync("/printer/print/pause", cancellationToken);

    public Task ResumeAsync(CancellationToken cancellationToken) => _client.CommandAsync("/printer/print/resume", cancellationToken);

    public Task CancelAsync(CancellationToken cancellationToken) => _client.CommandAsync("/printer/print/cancel", cancellationToken);

    public async Task RemoveAsync(string remoteName, CancellationToken cancellationToken)
    {
        try
        {
            await _client.DeleteAsync($"/server/files/gcodes/{Uri.EscapeDataString(remoteName)}", cancellationToken).ConfigureAwait(false);
        }
        catch (PrinterException e) when (e.Fault == PrinterFault.Refused)
        {
            // Not there (any more).
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static JsonObject Result(JsonObject answer) => answer["result"] as JsonObject
        ?? throw new PrinterException(PrinterFault.Malformed, "what answers is not Moonraker. Check the address of the printer.");

    private static double Size(JsonObject objects, int axis)
    {
        var toolhead = objects["toolhead"];
        return Axis(toolhead?["axis_maximum"]) - Axis(toolhead?["axis_minimum"]);

        double Axis(JsonNode? axes) => axes is JsonArray { Count: >= 3 } many && many[axis] is JsonValue value
            && value.TryGetValue<double>(out var end) && double.IsFinite(end) ? end : 0;
    }

    private static double? Megabytes(JsonObject? cpu)
    {
        var total = MoonrakerStatus.Number(cpu, "total_memory");
        return MoonrakerStatus.Text(cpu, "memory_units", "kB") == "kB" && total is { } kilobytes ? Math.Round(kilobytes / 1024) : null;
    }

    private string Named(string hostname) => _options.Name ?? (hostname.Length > 0 ? hostname : $"3D printer {_options.Id}");

    private async Task<JsonObject> QueryAsync(string objects, CancellationToken cancellationToken) =>
        Result(await _client.GetAsync($"/printer/objects/query?{objects}", cancellationToken).ConfigureAwait(false))["status"] as JsonObject ?? [];

    private async Task<RemoteJob?> HistoryAsync(string remoteName, CancellationToken cancellationToken)
    {
        var history = Result(await _client.GetSafelyAsync($"/server/history/list?limit={HistoryDepth}&order=desc", cancellationToken).ConfigureAwait(false));
        var job = (history["jobs"] as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(job => MoonrakerStatus.Text(job, "filename", "") == remoteName);
        if (job is null)
            return null;
        var status = MoonrakerStatus.Text(job, "status", "");
        var state = status switch
        {
            "completed" => RemoteJobState.Completed,
            "cancelled" => RemoteJobState.Cancelled,
            "error" or "klippy_shutdown" => RemoteJobState.Failed,
            _ => RemoteJobState.Interrupted,
        };
        return new RemoteJob(state, MoonrakerStatus.Text(job, "job_id", ""), $"the printer's history says {status}");
    }

    private async Task KeepConnectedAsync(ChannelWriter<PrinterReading> readings, CancellationToken cancellationToken)
    {
        var retry = Backoff.Forever<PrinterException>(
            FirstPause, LongestPause, _time, fault => readings.TryWrite(PrinterReading.Unreachable(fault.Message)));
        try
        {
            while (true)
            {
                await retry.ExecuteAsync(
                    async stop =>
                    {
                        var connected = false;
                        try
                        {
                            await new MoonrakerSession(_client, reading =>
                            {
                                connected = true;
                                readings.TryWrite(reading);
                            }).RunAsync(stop).ConfigureAwait(false);
                        }
                        catch (PrinterException e) when (connected)
                        {
                            // It was a good one: the next round begins with the shortest pause.
                            readings.TryWrite(PrinterReading.Unreachable(e.Message));
                        }
                    },
                    cancellationToken).ConfigureAwait(false);
                await Task.Delay(Random.Shared.NextDouble() * FirstPause, _time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            readings.TryComplete(cancellationToken.IsCancellationRequested ? null : e);
        }
    }
}
