using System.Buffers;
using System.Text.Json;
using Dwapi.Edge.Health;
using Dwapi.Edge.Sources;
using Dwapi.Edge.Sources.Simulators;

namespace Dwapi.Edge.Tests.Sources;

public sealed class SimulatedDeviceTests
{
    private const int Rounds = 1000;

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    // What a living body can show; far wider than the simulators wander, far narrower than a wrong unit or byte order.
    private static readonly Dictionary<string, (double Low, double High)> Plausible = new()
    {
        ["temperature"] = (34, 42),
        ["rate"] = (35, 200),
        ["rr"] = (250, 1800),
        ["energy"] = (0, 65_535_000),
        ["bodyMass"] = (30, 200),
        ["bodyLength"] = (1.4, 2.1),
        ["bmi"] = (14, 50),
        ["bodyFat"] = (4, 50),
        ["fatFreeMass"] = (25, 150),
        ["softLeanMass"] = (25, 150),
        ["bodyWater"] = (15, 120),
        ["muscleMass"] = (15, 100),
        ["musclePercentage"] = (25, 60),
        ["basalMetabolism"] = (3_000_000, 15_000_000),
        ["impedance"] = (300, 800),
    };

    public static TheoryData<int, bool> Devices()
    {
        var devices = new TheoryData<int, bool>();
        for (var kind = 0; kind < 4; kind++)
        {
            devices.Add(kind, false);
            devices.Add(kind, true);
        }

        return devices;
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Measure_SameSeed_GivesTheSameBytes(int kind, bool fast) =>
        Assert.Equal(Bytes(Device(kind, fast, seed: 3), 100), Bytes(Device(kind, fast, seed: 3), 100));

    [Theory]
    [MemberData(nameof(Devices))]
    public void Measure_AnotherSeed_GivesOtherBytes(int kind, bool fast) =>
        Assert.NotEqual(Bytes(Device(kind, fast, seed: 3), 100), Bytes(Device(kind, fast, seed: 4), 100));

    [Theory]
    [MemberData(nameof(Devices))]
    public void Measure_ThousandRounds_EveryPayloadDecodes(int kind, bool fast)
    {
        var simulated = Device(kind, fast, seed: 5);
        var device = new HealthDevice(simulated.ServiceId, TimeZoneInfo.Utc);
        var outcomes = All(simulated, Rounds).Select(sent => Decode(device, sent.Value, sent.At).Reading.Outcome).ToList();

        Assert.DoesNotContain(HealthOutcome.Refused, outcomes);
        Assert.DoesNotContain(HealthOutcome.NoValue, outcomes);
        Assert.True(outcomes.Count(outcome => outcome == HealthOutcome.Measurement) >= Rounds);
        Assert.NotEqual(HealthOutcome.Incomplete, outcomes[^1]);
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Measure_ThousandRounds_IsPlausible(int kind, bool fast)
    {
        var simulated = Device(kind, fast, seed: 6);
        var device = new HealthDevice(simulated.ServiceId, TimeZoneInfo.Utc);
        foreach (var sent in All(simulated, Rounds))
        {
            var (reading, json) = Decode(device, sent.Value, sent.At);
            if (reading.Outcome != HealthOutcome.Measurement)
                continue;
            foreach (var part in json!.RootElement.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Object))
            {
                var (low, high) = Plausible[part.Name];
                Assert.InRange(part.Value.GetProperty("value").GetDouble(), low, high);
            }
        }
    }

    [Fact]
    public void Connect_ClockOfTheDeviceIsWrong_TheMeasurementIsDatedRight()
    {
        var simulated = Device(0, fast: false, seed: 7);
        var device = new HealthDevice(simulated.ServiceId, TimeZoneInfo.Utc);
        foreach (var value in simulated.Connect(Start))
            Decode(device, value, Start);

        var at = Start.AddSeconds(40);
        var reading = simulated.Measure(at).Select(value => Decode(device, value, at).Reading).Last(r => r.Outcome == HealthOutcome.Measurement);

        Assert.True(reading.Stamped);
        Assert.InRange(reading.Time.UnixMilliseconds - at.ToUnixTimeMilliseconds(), -1000, 1000);
    }

    [Fact]
    public void Measure_Thermometer_ShowsIntermediateValuesAndSometimesStoredRecords()
    {
        var simulated = Device(0, fast: false, seed: 8);
        var device = new HealthDevice(simulated.ServiceId, TimeZoneInfo.Utc);
        var readings = All(simulated, Rounds).Select(sent => (sent.At, Decode(device, sent.Value, sent.At).Reading)).ToList();

        Assert.Contains(readings, sent => sent.Reading.Outcome == HealthOutcome.Intermediate);
        Assert.Contains(
            readings,
            sent => sent.Reading is { Outcome: HealthOutcome.Measurement } reading
                && sent.At.ToUnixTimeMilliseconds() - reading.Time.UnixMilliseconds > 3_000_000);
    }

    [Fact]
    public void Measure_HeartRateMonitor_LosesContactOnceInAWhile()
    {
        var simulated = Device(1, fast: false, seed: 9);
        var device = new HealthDevice(simulated.ServiceId, TimeZoneInfo.Utc);
        var shown = All(simulated, Rounds).Select(sent => Decode(device, sent.Value, sent.At).Json?.RootElement).OfType<JsonElement>().ToList();

        Assert.Contains(shown, json => json.TryGetProperty("contact", out var contact) && !contact.GetBoolean());
        Assert.Contains(shown, json => json.TryGetProperty("energy", out _));
        Assert.Contains(shown, json => json.TryGetProperty("rr", out _));
    }

    private static SimulatedDevice Device(int kind, bool fast, int seed) => SimulatedFleet.Make(4, fast ? 4000 : null, seed)[kind];

    private static IEnumerable<(DateTimeOffset At, GattValue Value)> All(SimulatedDevice device, int rounds)
    {
        foreach (var value in device.Connect(Start))
            yield return (Start, value);
        for (var round = 0; round < rounds; round++)
        {
            var at = Start + (device.Interval * round);
            foreach (var value in device.Measure(at))
                yield return (at, value);
        }
    }

    private static List<string> Bytes(SimulatedDevice device, int rounds) =>
        [.. All(device, rounds).Select(sent => $"{sent.Value.Characteristic:X4} {Convert.ToHexString(sent.Value.Payload.Span)}")];

    private static (HealthReading Reading, JsonDocument? Json) Decode(HealthDevice device, GattValue value, DateTimeOffset at)
    {
        var output = new ArrayBufferWriter<byte>();
        var reading = HealthDecoder.Decode(value.Characteristic, value.Payload.Span, device, at, output);
        return (reading, output.WrittenCount == 0 ? null : JsonDocument.Parse(output.WrittenMemory));
    }
}
