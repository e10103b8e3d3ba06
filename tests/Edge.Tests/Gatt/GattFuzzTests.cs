using System.Buffers;
using Dwapi.Edge.Gatt;
using Dwapi.Edge.Health;

namespace Dwapi.Edge.Tests.Gatt;

public sealed class GattFuzzTests
{
    private const int Strings = 10_000_000;

    /// <summary>Decoders that give a record must have had the bytes for it; everything else is a typed fault. Nothing throws.</summary>
    [Fact]
    public void EveryDecoder_TenMillionRandomByteStrings_GivesARecordOrAFault()
    {
        var random = new Xoshiro(20261122);
        Span<byte> buffer = stackalloc byte[32];
        long records = 0, faults = 0;
        for (var i = 0; i < Strings; i++)
        {
            var first = random.Next();
            var length = (int)(first & 31);
            for (var at = 0; at < length; at += 8)
                BitConverter.TryWriteBytes(buffer[at..], random.Next());
            // Flags with few bits set reach the depths of a layout more often than random ones.
            if ((first & 32) != 0 && length > 1)
                (buffer[0], buffer[1]) = ((byte)(buffer[0] & (first >> 8)), (byte)(buffer[1] & (first >> 16) & 31));

            if (Decode((int)(first >> 40) % 14, buffer[..length], out var fault))
                records++;
            else
                faults++;
            if (fault > GattFault.UnknownCharacteristic)
                Assert.Fail("a fault that is none");
        }

        Assert.Equal(Strings, records + faults);
        Assert.True(records > Strings / 10 && faults > Strings / 10, $"{records} records, {faults} faults");
    }

    /// <summary>The same for the way to JSON, with fewer strings because it writes.</summary>
    [Fact]
    public void HealthDecoder_RandomByteStrings_WritesExactlyForMeasurements()
    {
        var random = new Xoshiro(7);
        var output = new ArrayBufferWriter<byte>(4096);
        var device = new HealthDevice("fuzz", TimeZoneInfo.Utc);
        Span<byte> buffer = stackalloc byte[32];
        ushort[] numbers = [.. HealthDecoder.Characteristics, GattNumbers.CurrentTime, GattNumbers.DateTime, GattNumbers.BatteryLevel, GattNumbers.ManufacturerName];
        for (var i = 0; i < 300_000; i++)
        {
            var first = random.Next();
            for (var at = 0; at < buffer.Length; at += 8)
                BitConverter.TryWriteBytes(buffer[at..], random.Next());
            output.ResetWrittenCount();
            var reading = HealthDecoder.Decode(numbers[i % numbers.Length], buffer[..(int)(first & 31)], device, DateTimeOffset.UnixEpoch.AddSeconds(i), output);
            if ((reading.Outcome is HealthOutcome.Measurement or HealthOutcome.Intermediate) != output.WrittenCount > 0)
                Assert.Fail($"{reading.Outcome} wrote {output.WrittenCount} bytes");
        }
    }

    private static bool Decode(int decoder, ReadOnlySpan<byte> payload, out GattFault fault) => decoder switch
    {
        0 => TemperatureMeasurement.TryDecode(payload, out _, out fault),
        1 => HeartRateMeasurement.TryDecode(payload, out _, out fault),
        2 => WeightMeasurement.TryDecode(payload, out _, out fault),
        3 or 4 => BodyCompositionMeasurement.TryDecode(payload, out _, out fault),
        5 => WeightScaleFeature.TryDecode(payload, out _, out fault),
        6 => BodyCompositionFeature.TryDecode(payload, out _, out fault),
        7 => GattDateTime.TryDecode(payload, out _, out fault),
        8 => CurrentTime.TryDecode(payload, out _, out fault),
        9 => DeviceInformation.TryDecodeText(payload, out _, out fault),
        10 => DeviceInformation.TryDecodeSystemId(payload, out _, out fault),
        11 => DeviceInformation.TryDecodeBattery(payload, out _, out fault),
        12 => DeviceInformation.TryDecodeTemperatureType(payload, out _, out fault),
        _ => DeviceInformation.TryDecodeSensorLocation(payload, out _, out fault),
    };

    /// <summary>xoshiro256**: seeded, and fast enough for ten million strings.</summary>
    private struct Xoshiro(ulong seed)
    {
        private ulong _a = seed, _b = seed ^ 0x9E3779B97F4A7C15, _c = seed * 0xBF58476D1CE4E5B9 | 1, _d = 0x94D049BB133111EB;

        public ulong Next()
        {
            var result = ulong.RotateLeft(_b * 5, 7) * 9;
            var t = _b << 17;
            _c ^= _a;
            _d ^= _b;
            _b ^= _c;
            _a ^= _d;
            _c ^= t;
            _d = ulong.RotateLeft(_d, 45);
            return result;
        }
    }
}
