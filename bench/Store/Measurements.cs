using System.Diagnostics;
using System.Globalization;
using System.Text;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;

namespace Dwapi.Bench.Store;

/// <summary>What is asked of a store: durable appends of many devices, and the latest of one.</summary>
internal sealed class Measurements(IMeasurementStore store)
{
    private const string Tenant = "bench";
    private static readonly byte[] Battery = "0.8"u8.ToArray();
    private readonly string _epoch = Guid.NewGuid().ToString("N");
    private readonly Dictionary<string, long> _heads = [];
    private long _position;

    /// <summary>Every device sends its next request when it has the answer to the last, as a grain does.</summary>
    public async Task<Ingested> Ingest(int devices, int itemsPerRequest, TimeSpan duration)
    {
        using var process = Process.GetCurrentProcess();
        var (ownBefore, machineBefore, start) = (process.TotalProcessorTime, MachineTime(), Stopwatch.GetTimestamp());
        var items = await Task.WhenAll(Enumerable.Range(0, devices).Select(d => Task.Run(() => Send(d, itemsPerRequest, start, duration))));
        var (elapsed, machine) = (Stopwatch.GetElapsedTime(start), MachineTime() - machineBefore);
        process.Refresh();
        var all = items.Sum();
        return new Ingested(
            all / elapsed.TotalSeconds, all / (process.TotalProcessorTime - ownBefore).TotalSeconds, all / machine.TotalSeconds);
    }

    /// <summary>Microseconds of one read after the other, over the devices that have been sent.</summary>
    public async Task<(double P50, double P99)> Latest(int reads)
    {
        var times = new List<double>();
        var names = _heads.Keys.ToList();
        for (var i = 0; i < reads + 500; i++)
        {
            var start = Stopwatch.GetTimestamp();
            if ((await store.GetHeads(Tenant, names[i % names.Count], CancellationToken.None)).Length != 1)
                throw new InvalidOperationException("A device has no head.");
            if (i >= 500)
                times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        times.Sort();
        return (times[reads / 2], times[reads * 99 / 100]);
    }

    private async Task<long> Send(int device, int count, long start, TimeSpan duration)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{_epoch}-{device}");
        long head, sent = 0;
        lock (_heads)
            head = _heads.GetValueOrDefault(name);
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            var items = Enumerable.Range(0, count).Select(i => new ReportItem(
                "heart", Interlocked.Increment(ref _position), now, now, false, default, Battery, Quantities(head + i)));
            var result = await store.Append(
                new AppendRequest(Tenant, name, "edge", _epoch, [.. items], head == 0 ? [] : [new AttributeHead("heart", head)]), CancellationToken.None);
            if (result.Conflict)
                throw new InvalidOperationException("Nobody else writes this device.");
            head += count;
            sent += count;
        }

        lock (_heads)
            _heads[name] = head;
        return sent;
    }

    private static byte[] Quantities(long number) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"\"heartRate\":{{\"value\":{60 + (number % 60)},\"mdrFloat\":\"000000{60 + (number % 60):X2}\",\"unit\":\"bpm\",\"type\":\"MDC_ECG_HEART_RATE\",\"typeCode\":\"147842\",\"unitCode\":\"264864\"}}"));

    // Linux only; elsewhere the figure is not a number.
    private static TimeSpan MachineTime()
    {
        if (!File.Exists("/proc/stat"))
            return default;
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);

        // user nice system idle iowait irq softirq, in hundredths of a second.
        return TimeSpan.FromMilliseconds(10 * new[] { 1, 2, 3, 6, 7 }.Sum(i => long.Parse(fields[i], CultureInfo.InvariantCulture)));
    }
}
