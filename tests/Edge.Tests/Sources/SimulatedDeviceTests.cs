using System.Buffers;
using System.Text.Json;
using Dwapi.Edge.Gatt;
using Dwapi.Edge.Health;
using Dwapi.Edge.Sources;
using Dwapi.Edge.Sources.Simulators;

namespace Dwapi.Edge.Tests.Sources;

public sealed class SimulatedDeviceTests
{
    private const int Rounds = 1000;
    private const int Kinds = 7;

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
        ["systolic"] = (60, 220),
        ["diastolic"] = (35, 140),
        ["meanArterialPressure"] = (45, 170),
        ["pulseRate"] = (35, 200),
        ["pulseRateFast"] = (35, 200),
        ["pulseRateSlow"] = (35, 200),
        ["spo2"] = (80, 100),
        ["spo2Fast"] = (80, 100),
        ["spo2Slow"] = (80, 100),
        ["perfusionIndex"] = (0.1, 20),
        ["glucose"] = (40, 400),
    };

    public static TheoryData<int, bool> Devices()
    {
        var devices = new TheoryData<int, bool>();
        for (var kind = 0; kind < Kinds; kind++)
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
        var readings = Readings(Device(0, fast: false, seed: 8));

        Assert.Contains(readings, sent => sent.Reading.Outcome == HealthOutcome.Intermediate);
        Assert.Contains(
            readings,
            sent => sent.Reading is { Outcome: HealthOutcome.Measurement } reading
                && sent.At.ToUnixTimeMilliseconds() - reading.Time.UnixMilliseconds > 3_000_000);
    }

    [Fact]
    public void Measure_HeartRateMonitor_LosesContactOnceInAWhile()
    {
        var shown = Readings(Device(1, fast: false, seed: 9)).Select(sent => sent.Json).OfType<JsonElement>().ToList();

        Assert.Contains(shown, json => json.TryGetProperty("contact", out var contact) && !contact.GetBoolean());
        Assert.Contains(shown, json => json.TryGetProperty("energy", out _));
        Assert.Contains(shown, json => json.TryGetProperty("rr", out _));
    }

    [Fact]
    public void Measure_BloodPressureMonitor_ShowsTheCuffOnTheWayToEachResultOfNow()
    {
        var readings = Readings(Device(4, fast: false, seed: 10));
        var results = readings.Where(sent => sent.Reading.Outcome == HealthOutcome.Measurement).ToList();

        var round = readings.Where(sent => sent.At == Start).SkipWhile(sent => sent.Reading.Outcome != HealthOutcome.Intermediate).ToList();
        Assert.Equal([.. Enumerable.Repeat(HealthOutcome.Intermediate, 6), HealthOutcome.Measurement], round.Select(sent => sent.Reading.Outcome));
        Assert.All(round.SkipLast(1), sent => Assert.True(sent.Json!.Value.TryGetProperty("cuffPressure", out _)));
        Assert.Equal(6 * Rounds, readings.Count(sent => sent.Reading.Outcome == HealthOutcome.Intermediate));
        Assert.True(results.Count > Rounds, "some were stored");
        Assert.Contains(results, sent => sent.Json!.Value.TryGetProperty("irregularPulse", out _));
        Assert.All(results, sent => Assert.True(Value(sent.Json, "systolic") >= Value(sent.Json, "diastolic") + 25));
    }

    [Fact]
    public void Measure_PulseOximeter_IsContinuousWithSpotChecksNowAndThen()
    {
        var readings = Readings(Device(5, fast: false, seed: 11)).Where(sent => sent.Reading.Outcome == HealthOutcome.Measurement).ToList();

        Assert.Equal(Rounds, readings.Count(sent => !sent.Reading.Stamped && sent.Json!.Value.TryGetProperty("spo2Fast", out _)));
        Assert.InRange(readings.Count(sent => sent.Reading.Stamped && !sent.Json!.Value.TryGetProperty("spo2Fast", out _)), 10, 100);
        Assert.Contains(readings, sent => sent.Json!.Value.TryGetProperty("questionable", out _));
    }

    [Fact]
    public void Measure_Glucometer_NumbersItsRecords_AndFirstSendsThoseItHolds()
    {
        var simulated = Device(6, fast: false, seed: 12);
        var numbers = All(simulated, Rounds).Where(sent => sent.Value.Characteristic == GattNumbers.GlucoseMeasurement).Select(sent =>
        {
            Assert.True(GlucoseMeasurement.TryDecode(sent.Value.Payload.Span, out var record, out _));
            return (sent.At, record.SequenceNumber);
        }).ToList();
        var records = Readings(Device(6, fast: false, seed: 12)).Where(sent => sent.Reading.Outcome == HealthOutcome.Measurement).ToList();

        Assert.Equal(Enumerable.Range(1, numbers.Count), numbers.Select(record => (int)record.SequenceNumber));
        Assert.InRange(numbers.Count(record => record.At == Start), 5, 9);
        Assert.Equal(numbers.Count, records.Select(sent => sent.Reading.Identity).Distinct().Count());
        Assert.DoesNotContain(records, sent => sent.Reading.Identity is null);
        Assert.Contains(records, sent => sent.Json!.Value.TryGetProperty("meal", out _));
        Assert.Contains(records, sent => !sent.Json!.Value.TryGetProperty("meal", out _));
    }

    [Fact]
    public void Make_NoKinds_IsTheFirstFourInTurn() => Assert.Equal(
        ["sim-thermometer-1", "sim-heart-1", "sim-scale-1", "sim-bodycomposition-1", "sim-thermometer-2"],
        SimulatedFleet.Make(new SimulatorOptions { Devices = 5 }).Select(device => device.ServiceId));

    [Fact]
    public void Make_Kinds_AreThoseInTurn() => Assert.Equal(
        ["sim-glucometer-1", "sim-heart-1", "sim-glucometer-2"],
        SimulatedFleet.Make(new SimulatorOptions { Devices = 3, Kinds = ["Glucometer", "heart", "glucometer"] }).Select(device => device.ServiceId));

    private static SimulatedDevice Device(int kind, bool fast, int seed) => SimulatedFleet.Make(
        new SimulatorOptions { Kinds = [SimulatedFleet.All], Devices = Kinds, Rate = fast ? 1000 * Kinds : null, Seed = seed })[kind];

    private static List<(DateTimeOffset At, HealthReading Reading, JsonElement? Json)> Readings(SimulatedDevice simulated)
    {
        var device = new HealthDevice(simulated.ServiceId, TimeZoneInfo.Utc);
        return
        [
            .. All(simulated, Rounds).Select(sent =>
            {
                var (reading, json) = Decode(device, sent.Value, sent.At);
                return (sent.At, reading, json?.RootElement);
            }),
        ];
    }

    private static double Value(JsonElement? quantities, string part) => quantities!.Value.GetProperty(part).GetProperty("value").GetDouble();

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
