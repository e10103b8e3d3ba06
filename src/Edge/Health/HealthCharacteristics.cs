using System.Collections.Immutable;

namespace Dwapi.Edge.Health;

/// <summary>The table of characteristics that carry measurements.</summary>
internal static class HealthCharacteristics
{
    public static readonly ImmutableArray<IHealthCharacteristic> All =
    [
        new HeartRateCharacteristic(),
        new TemperatureCharacteristic(intermediate: false),
        new TemperatureCharacteristic(intermediate: true),
        new WeightCharacteristic(),
        new BodyCompositionCharacteristic(),
        new BloodPressureCharacteristic(intermediate: false),
        new BloodPressureCharacteristic(intermediate: true),
        new PulseOximeterCharacteristic(continuous: false),
        new PulseOximeterCharacteristic(continuous: true),
        new GlucoseCharacteristic(),
        new GlucoseContextCharacteristic(),
    ];

    public static IHealthCharacteristic? Find(ushort number)
    {
        foreach (var characteristic in All)
        {
            if (characteristic.Number == number)
                return characteristic;
        }

        return null;
    }
}
