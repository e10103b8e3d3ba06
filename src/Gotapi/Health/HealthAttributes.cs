using System.Collections.Immutable;
using Dwapi.Gotapi.Codes;

namespace Dwapi.Gotapi.Health;

/// <summary>
/// The one table of health attributes. Discovery scopes, serviceInformation, the checks at the door and the documentation are
/// derived from it: a new kind of health device is one entry here and its decoder at the edge.
/// </summary>
public static class HealthAttributes
{
    /// <summary>The profile of all of them.</summary>
    public const string Profile = "health";

    /// <summary>Thermometer.</summary>
    public static readonly HealthAttribute Thermometer = new(
        "thermometer",
        "Thermometer",
        [Always("thermometer")],
        [
            Mandatory(
                "temperature",
                [
                    MdcCodes.BodyTemperature, MdcCodes.TympanicTemperature, MdcCodes.RectalTemperature, MdcCodes.OralTemperature,
                    MdcCodes.EarTemperature, MdcCodes.FingerTemperature, MdcCodes.ToeTemperature, MdcCodes.AxillaryTemperature,
                    MdcCodes.GastroIntestinalTemperature,
                ],
                MdcCodes.Celsius,
                MdcCodes.Fahrenheit),
        ],
        hasModelName: true);

    /// <summary>Heart rate monitor.</summary>
    public static readonly HealthAttribute Heart = new(
        "heart",
        "Heart rate monitor",
        [Always("heart")],
        [
            Mandatory("rate", [MdcCodes.HeartRate], MdcCodes.BeatsPerMinute),
            Optional("rr", MdcCodes.RrInterval, MdcCodes.Millisecond),
            Optional("energy", MdcCodes.EnergyExpended, MdcCodes.Joule, MdcCodes.Calorie),
        ]);

    /// <summary>Weight scale and body composition analyzer.</summary>
    public static readonly HealthAttribute Weight = new(
        "weight",
        "Weight scale, body composition analyzer",
        [Always("weight"), new DiscoveryScope("bca", OnlyIfOffered: true)],
        [
            Mandatory("bodyMass", [MdcCodes.BodyMass], MdcCodes.Kilogram, MdcCodes.Pound),
            Optional("bodyLength", MdcCodes.BodyLength, MdcCodes.Metre, MdcCodes.Inch),
            Optional("bmi", MdcCodes.BodyMassIndex, MdcCodes.KilogramPerSquareMetre),
            Optional("bodyFat", MdcCodes.BodyFat, MdcCodes.Percent),
            Optional("fatFreeMass", MdcCodes.FatFreeMass, MdcCodes.Kilogram, MdcCodes.Pound),
            Optional("softLeanMass", MdcCodes.SoftLeanMass, MdcCodes.Kilogram, MdcCodes.Pound),
            Optional("bodyWater", MdcCodes.BodyWater, MdcCodes.Kilogram, MdcCodes.Pound, MdcCodes.Percent),
            Optional("muscleMass", MdcCodes.MuscleMass, MdcCodes.Kilogram, MdcCodes.Pound),
            Optional("musclePercentage", MdcCodes.MusclePercentage, MdcCodes.Percent),
            Optional("basalMetabolism", MdcCodes.BasalMetabolism, MdcCodes.Joule),
            Optional("impedance", MdcCodes.Impedance, MdcCodes.Ohm),
        ]);

    /// <summary>Blood pressure monitor.</summary>
    public static readonly HealthAttribute BloodPressure = new(
        "bloodPressure",
        "Blood pressure monitor",
        [Always("bloodpressure")],
        [
            Mandatory("systolic", [MdcCodes.SystolicPressure], MdcCodes.MillimetreOfMercury, MdcCodes.Kilopascal),
            Mandatory("diastolic", [MdcCodes.DiastolicPressure], MdcCodes.MillimetreOfMercury, MdcCodes.Kilopascal),
            Optional("meanArterialPressure", MdcCodes.MeanPressure, MdcCodes.MillimetreOfMercury, MdcCodes.Kilopascal),
            Optional("pulseRate", MdcCodes.CuffPulseRate, MdcCodes.BeatsPerMinute),
            Intermediate("cuffPressure", MdcCodes.CuffPressure, MdcCodes.MillimetreOfMercury, MdcCodes.Kilopascal),
        ]);

    /// <summary>Pulse oximeter, spot-check and continuous.</summary>
    public static readonly HealthAttribute PulseOximeter = new(
        "pulseOximeter",
        "Pulse oximeter",
        [Always("pulseoximeter")],
        [
            Mandatory("spo2", [MdcCodes.OxygenSaturation], MdcCodes.Percent),
            Mandatory("pulseRate", [MdcCodes.OximeterPulseRate], MdcCodes.BeatsPerMinute),
            Optional("spo2Fast", MdcCodes.OxygenSaturation, MdcCodes.Percent),
            Optional("pulseRateFast", MdcCodes.OximeterPulseRate, MdcCodes.BeatsPerMinute),
            Optional("spo2Slow", MdcCodes.OxygenSaturation, MdcCodes.Percent),
            Optional("pulseRateSlow", MdcCodes.OximeterPulseRate, MdcCodes.BeatsPerMinute),
            Optional("perfusionIndex", MdcCodes.PerfusionIndex, MdcCodes.Percent),
        ]);

    /// <summary>Glucose meter.</summary>
    public static readonly HealthAttribute Glucometer = new(
        "glucometer",
        "Glucose meter",
        [Always("glucometer")],
        [
            Mandatory(
                "glucose",
                [
                    MdcCodes.GlucoseCapillaryWholeBlood, MdcCodes.GlucoseCapillaryPlasma, MdcCodes.GlucoseVenousWholeBlood,
                    MdcCodes.GlucoseVenousPlasma, MdcCodes.GlucoseArterialWholeBlood, MdcCodes.GlucoseArterialPlasma,
                    MdcCodes.GlucoseInterstitialFluid, MdcCodes.GlucoseWholeBlood, MdcCodes.GlucosePlasma,
                ],
                MdcCodes.MilligramPerDecilitre,
                MdcCodes.MillimolePerLitre),
        ]);

    /// <summary>All of them, in the order of the documentation; those of the four texts first.</summary>
    public static readonly ImmutableArray<HealthAttribute> All = [Thermometer, Heart, Weight, BloodPressure, PulseOximeter, Glucometer];

    /// <summary>The attribute of that name, compared without case as paths are (gotapi-1.1 2), or null.</summary>
    public static HealthAttribute? Find(ReadOnlySpan<char> name)
    {
        foreach (var attribute in All)
        {
            if (name.Equals(attribute.Name, StringComparison.OrdinalIgnoreCase))
                return attribute;
        }

        return null;
    }

    private static DiscoveryScope Always(string name) => new(name, OnlyIfOffered: false);

    private static HealthPart Mandatory(string name, ImmutableArray<MdcCode> types, params ImmutableArray<MdcCode> units) =>
        new(name, mandatory: true, types, units);

    private static HealthPart Optional(string name, MdcCode type, params ImmutableArray<MdcCode> units) =>
        new(name, mandatory: false, [type], units);

    private static HealthPart Intermediate(string name, MdcCode type, params ImmutableArray<MdcCode> units) =>
        new(name, mandatory: false, [type], units) { Intermediate = true };
}
