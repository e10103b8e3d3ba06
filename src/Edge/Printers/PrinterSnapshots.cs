using System.Collections.Immutable;
using System.Text;
using Dwapi.Edge.Printers.Jobs;
using Dwapi.Gotapi.Printing;
using Dwapi.Gotapi.Time;

namespace Dwapi.Edge.Printers;

/// <summary>Makes snapshots of one printer from its readings: dates them, knows our jobs by their files, remembers since when something is wrong.</summary>
internal sealed class PrinterSnapshots(string serviceId, Func<PrinterCapabilities> capabilities, PrintJobBook book, TimeZoneInfo? zone)
{
    private const int MostEntries = 40;
    private const int LongestText = 400;

    private readonly Dictionary<PrinterTrouble, long> _since = [];

    /// <summary>The snapshot.</summary>
    public PrinterSnapshot Make(PrinterReading reading, PrinterAttributes attributes, DateTimeOffset now)
    {
        var stamp = Stamp(now);
        var job = reading is { Occupied: true, FileName: { } file } ? book.OfFile(serviceId, file) : null;
        return new PrinterSnapshot
        {
            Online = reading.Status != OperatingStatus.Offline,
            PrintAttribute = attributes,
            Capabilities = capabilities(),
            Status = new PrinterStatus
            {
                OperatingStatus = reading.Status,
                NozzleTemperature = Hottest(reading)?.Actual,
                NozzleTargetTemperature = Hottest(reading)?.Target,
                BedTemperature = reading.Bed,
                BedTargetTemperature = reading.BedTarget,
                ChamberTemperature = reading.Chamber,
                Tools = reading.Tools,
                Progress = reading.Progress,
                Elapsed = reading.Elapsed,
                Remaining = reading.Remaining,
                CurrentOrder = reading.Occupied ? 0 : null,
                CurrentJobId = job?.JobId,
                Alerts = Alerts(reading.Troubles, stamp.UnixMilliseconds),
                TimeStamp = stamp.UnixMilliseconds,
                TimeStampString = stamp.ToString(),
            },
            PrintQueue = Queue(reading, job),
        };
    }

    private TimeStamp Stamp(DateTimeOffset now) => zone is null
        ? new TimeStamp(now.ToUnixTimeMilliseconds(), null)
        : TimeStamp.From(TimeZoneInfo.ConvertTime(now, zone));

    private static ToolTemperature? Hottest(PrinterReading reading) =>
        reading.Tools.Where(tool => tool.Target > 0).DefaultIfEmpty(reading.Tools.FirstOrDefault()).MaxBy(tool => tool?.Actual);

    private ImmutableArray<PrinterAlert> Alerts(ImmutableArray<PrinterTrouble> troubles, long now)
    {
        foreach (var gone in _since.Keys.Except(troubles).ToArray())
            _since.Remove(gone);
        return
        [
            .. troubles.Select(trouble =>
            {
                _since.TryAdd(trouble, now);
                return new PrinterAlert(trouble.Code, trouble.Severity, Short(trouble.Message), _since[trouble]);
            }),
        ];
    }

    private ImmutableArray<PrintQueueEntry> Queue(PrinterReading reading, PrintJob? job)
    {
        var entries = ImmutableArray.CreateBuilder<PrintQueueEntry>();
        if (reading is { Occupied: true, FileName: { } running })
            entries.Add(Entry(0, running, job) with { Progress = reading.Progress, Msg = reading.Status.ToString() });
        foreach (var waiting in reading.Queue.Take(MostEntries - entries.Count))
            entries.Add(Entry(entries.Count == 0 ? 1 : entries[^1].Order + 1, waiting, book.OfFile(serviceId, waiting)) with { Msg = "In the printer's own queue" });
        return entries.ToImmutable();
    }

    private static PrintQueueEntry Entry(int order, string fileName, PrintJob? job) => new()
    {
        Order = order,
        Uri = Short(job?.Uri ?? fileName),
        JobId = job?.JobId,
        State = job?.State,
        FileName = Short(fileName),
        Origin = job is null ? PrintOrigin.Printer : PrintOrigin.Dwapi,
        Attempt = job?.Attempt,
    };

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        while (Encoding.UTF8.GetByteCount(line) > LongestText)
            line = line[..(line.Length * 3 / 4)];
        return line;
    }
}
