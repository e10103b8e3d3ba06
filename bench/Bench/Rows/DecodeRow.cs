using System.Buffers;
using System.Diagnostics;
using Dwapi.Bench.Load;
using Dwapi.Bench.Results;
using Dwapi.Edge.Health;

namespace Dwapi.Bench.Rows;

/// <summary>One heart-rate notification from its bytes to its JSON, by the edge's own decoder. CPU time of this process, which does nothing else meanwhile.</summary>
internal sealed class DecodeRow : IRow
{
    private const ushort HeartRateMeasurement = 0x2A37;

    private readonly HealthDevice _device = new("hr-000000", TimeZoneInfo.Utc);
    private readonly ArrayBufferWriter<byte> _output = new(1024);

    public string Name => "decode";

    public string Summary => "GATT bytes of a heart rate to JSON: time and bytes allocated";

    public async IAsyncEnumerable<Figure> Measure(BenchOptions options)
    {
        var count = options.Quick ? 200_000 : 1_000_000;
        for (var i = 0; i < 6; i++)
        {
            // The compiler of hot code works in the background.
            Decode(count / 4);
            await Task.Delay(200);
        }

        var rounds = Enumerable.Range(0, options.Rounds).Select(_ => Decode(count)).ToArray();
        yield return Figure.Of(Name, "decode + JSON of one heart rate", "us", rounds.Select(r => r.Microseconds), Bound.ValueAtMost(1), Bound.ValueAtMost(0.8));
        yield return Figure.Of(Name, "  allocated beside the output", "bytes", rounds.Select(r => r.Bytes), Bound.ValueAtMost(0), Bound.ValueAtMost(0));
    }

    private (double Microseconds, double Bytes) Decode(int count)
    {
        // A notification a second, so that the offset of the zone is looked up as often as in life.
        var time = DateTimeOffset.UnixEpoch.AddYears(56);

        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < count; i++)
        {
            _output.ResetWrittenCount();
            HealthDecoder.Decode(HeartRateMeasurement, HeartRates.Payload, _device, time, _output);
            time = time.AddSeconds(1);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        process.Refresh();
        Debug.Assert(_output.WrittenCount > 0);
        return ((process.TotalProcessorTime - cpu).TotalMicroseconds / count, Math.Floor((double)allocated / count));
    }
}
