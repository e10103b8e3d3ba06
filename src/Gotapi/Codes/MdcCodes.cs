using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Dwapi.Gotapi.Codes;

/// <summary>
/// The one table of types and units (IEEE 11073-10101). Everything that prints, checks, documents or maps a code reads it here.
/// </summary>
public static class MdcCodes
{
    /// <summary>The device does not say: text and code are both "".</summary>
    public static readonly MdcCode Unspecified = new(MdcPartition.None, 0, "");

    /// <summary>Body temperature, no site in particular.</summary>
    public static readonly MdcCode BodyTemperature = Type(19292, "Body temperature");

    /// <summary>Tympanum.</summary>
    public static readonly MdcCode TympanicTemperature = Type(19320, "Tympanic body temperature");

    /// <summary>Rectum.</summary>
    public static readonly MdcCode RectalTemperature = Type(57348, "Rectal body temperature");

    /// <summary>Mouth.</summary>
    public static readonly MdcCode OralTemperature = Type(57352, "Oral body temperature");

    /// <summary>Ear, usually its lobe.</summary>
    public static readonly MdcCode EarTemperature = Type(57356, "Ear body temperature");

    /// <summary>Finger.</summary>
    public static readonly MdcCode FingerTemperature = Type(57360, "Finger body temperature");

    /// <summary>Toe.</summary>
    public static readonly MdcCode ToeTemperature = Type(57376, "Toe body temperature");

    /// <summary>Armpit.</summary>
    public static readonly MdcCode AxillaryTemperature = Type(57380, "Axillary body temperature");

    /// <summary>Gastro-intestinal tract.</summary>
    public static readonly MdcCode GastroIntestinalTemperature = Type(57384, "Gastrointestinal body temperature");

    /// <summary>Heart rate.</summary>
    public static readonly MdcCode HeartRate = Type(16770, "Heart rate");

    /// <summary>RR interval.</summary>
    public static readonly MdcCode RrInterval = Type(16168, "RR interval");

    /// <summary>Energy expended. The texts print the bare term.</summary>
    public static readonly MdcCode EnergyExpended = new(MdcPartition.HealthAndFitness, 119, "energy expended", tsLiteral: "119");

    /// <summary>Body mass. The texts print the code of body length.</summary>
    public static readonly MdcCode BodyMass = Type(57664, "Body Mass", tsLiteral: "188740");

    /// <summary>Body length (height). The texts print the code of body surface area.</summary>
    public static readonly MdcCode BodyLength = Type(57668, "Body Length", tsLiteral: "188744");

    /// <summary>Body surface area; here only because the texts use its code by mistake.</summary>
    public static readonly MdcCode BodySurfaceArea = Type(57672, "Body Surface Area");

    /// <summary>Body fat.</summary>
    public static readonly MdcCode BodyFat = Type(57676, "Body Fat");

    /// <summary>Body mass index.</summary>
    public static readonly MdcCode BodyMassIndex = Type(57680, "BMI");

    /// <summary>Fat free mass.</summary>
    public static readonly MdcCode FatFreeMass = Type(57684, "Fat Free Mass");

    /// <summary>Soft lean mass.</summary>
    public static readonly MdcCode SoftLeanMass = Type(57688, "Soft Lean Mass");

    /// <summary>Body water. The texts repeat the code of soft lean mass.</summary>
    public static readonly MdcCode BodyWater = Type(57692, "Body water", tsLiteral: "188760");

    /// <summary>Basal metabolism.</summary>
    public static readonly MdcCode BasalMetabolism = Type(57696, "Basal Metabolism");

    /// <summary>Muscle percentage.</summary>
    public static readonly MdcCode MusclePercentage = Type(57700, "Muscle Percentage");

    /// <summary>Muscle mass.</summary>
    public static readonly MdcCode MuscleMass = Type(57704, "Muscle Mass");

    /// <summary>Body impedance.</summary>
    public static readonly MdcCode Impedance = Type(57708, "Impedance");

    /// <summary>Oxygen saturation of a pulse oximeter.</summary>
    public static readonly MdcCode OxygenSaturation = Type(19384, "SpO2");

    /// <summary>Pulse rate of a pulse oximeter.</summary>
    public static readonly MdcCode OximeterPulseRate = Type(18458, "Pulse rate");

    /// <summary>Perfusion (pulse amplitude) index of a pulse oximeter.</summary>
    public static readonly MdcCode PerfusionIndex = Type(19376, "Perfusion index");

    /// <summary>Pressure in a cuff at the moment, which says nothing of the blood yet; the term before those of a cuff's systolic, diastolic and mean.</summary>
    public static readonly MdcCode CuffPressure = Type(19228, "Cuff pressure");

    /// <summary>Systolic pressure of a cuff.</summary>
    public static readonly MdcCode SystolicPressure = Type(18949, "Systolic blood pressure");

    /// <summary>Diastolic pressure of a cuff.</summary>
    public static readonly MdcCode DiastolicPressure = Type(18950, "Diastolic blood pressure");

    /// <summary>Mean arterial pressure of a cuff.</summary>
    public static readonly MdcCode MeanPressure = Type(18951, "Mean arterial pressure");

    /// <summary>Pulse rate of a blood pressure cuff.</summary>
    public static readonly MdcCode CuffPulseRate = Type(18474, "Pulse rate (cuff)");

    /// <summary>Glucose in capillary whole blood.</summary>
    public static readonly MdcCode GlucoseCapillaryWholeBlood = Type(29112, "Glucose, capillary whole blood");

    /// <summary>Glucose in capillary plasma.</summary>
    public static readonly MdcCode GlucoseCapillaryPlasma = Type(29116, "Glucose, capillary plasma");

    /// <summary>Glucose in venous whole blood.</summary>
    public static readonly MdcCode GlucoseVenousWholeBlood = Type(29120, "Glucose, venous whole blood");

    /// <summary>Glucose in venous plasma.</summary>
    public static readonly MdcCode GlucoseVenousPlasma = Type(29124, "Glucose, venous plasma");

    /// <summary>Glucose in arterial whole blood.</summary>
    public static readonly MdcCode GlucoseArterialWholeBlood = Type(29128, "Glucose, arterial whole blood");

    /// <summary>Glucose in arterial plasma.</summary>
    public static readonly MdcCode GlucoseArterialPlasma = Type(29132, "Glucose, arterial plasma");

    /// <summary>Glucose in interstitial fluid.</summary>
    public static readonly MdcCode GlucoseInterstitialFluid = Type(29140, "Glucose, interstitial fluid");

    /// <summary>Glucose in whole blood of undetermined origin.</summary>
    public static readonly MdcCode GlucoseWholeBlood = Type(29292, "Glucose, whole blood");

    /// <summary>Glucose in plasma of undetermined origin.</summary>
    public static readonly MdcCode GlucosePlasma = Type(29296, "Glucose, plasma");

    /// <summary>Degree Celsius.</summary>
    public static readonly MdcCode Celsius = Unit(6048, "deg C");

    /// <summary>Degree Fahrenheit.</summary>
    public static readonly MdcCode Fahrenheit = Unit(4416, "deg F");

    /// <summary>Beats per minute.</summary>
    public static readonly MdcCode BeatsPerMinute = Unit(2720, "beats per min");

    /// <summary>Millisecond.</summary>
    public static readonly MdcCode Millisecond = Unit(2194, "ms");

    /// <summary>Kilogram.</summary>
    public static readonly MdcCode Kilogram = Unit(1731, "kg");

    /// <summary>Pound.</summary>
    public static readonly MdcCode Pound = Unit(1760, "lbs");

    /// <summary>Metre.</summary>
    public static readonly MdcCode Metre = Unit(1280, "m");

    /// <summary>Inch.</summary>
    public static readonly MdcCode Inch = Unit(1376, "inches");

    /// <summary>Percent.</summary>
    public static readonly MdcCode Percent = Unit(544, "%");

    /// <summary>Kilogram per square metre.</summary>
    public static readonly MdcCode KilogramPerSquareMetre = Unit(1952, "kg/m2");

    /// <summary>Joule. Kilojoules are stated in joules with exponent +3.</summary>
    public static readonly MdcCode Joule = Unit(3968, "joules");

    /// <summary>Calorie; the texts print the bare term. Only written in the spelling of the texts, with a converted value.</summary>
    public static readonly MdcCode Calorie = Unit(6784, "Calories", tsLiteral: "6784");

    /// <summary>Ohm.</summary>
    public static readonly MdcCode Ohm = Unit(4288, "ohms");

    /// <summary>Millimetre of mercury.</summary>
    public static readonly MdcCode MillimetreOfMercury = Unit(3872, "mmHg");

    /// <summary>Kilopascal.</summary>
    public static readonly MdcCode Kilopascal = Unit(3843, "kPa");

    /// <summary>Milligram per decilitre.</summary>
    public static readonly MdcCode MilligramPerDecilitre = Unit(2130, "mg/dL");

    /// <summary>Millimole per litre.</summary>
    public static readonly MdcCode MillimolePerLitre = Unit(4722, "mmol/L");

    /// <summary>Every entry but <see cref="Unspecified"/>.</summary>
    public static readonly ImmutableArray<MdcCode> All =
    [
        BodyTemperature, TympanicTemperature, RectalTemperature, OralTemperature, EarTemperature, FingerTemperature, ToeTemperature,
        AxillaryTemperature, GastroIntestinalTemperature, HeartRate, RrInterval, EnergyExpended, BodyMass, BodyLength, BodySurfaceArea,
        BodyFat, BodyMassIndex, FatFreeMass, SoftLeanMass, BodyWater, BasalMetabolism, MusclePercentage, MuscleMass, Impedance,
        OxygenSaturation, OximeterPulseRate, PerfusionIndex, Celsius, Fahrenheit, BeatsPerMinute, Millisecond, Kilogram, Pound, Metre,
        Inch, Percent, KilogramPerSquareMetre, Joule, Calorie, Ohm, CuffPressure, SystolicPressure, DiastolicPressure, MeanPressure, CuffPulseRate,
        GlucoseCapillaryWholeBlood, GlucoseCapillaryPlasma, GlucoseVenousWholeBlood, GlucoseVenousPlasma, GlucoseArterialWholeBlood,
        GlucoseArterialPlasma, GlucoseInterstitialFluid, GlucoseWholeBlood, GlucosePlasma, MillimetreOfMercury, Kilopascal,
        MilligramPerDecilitre, MillimolePerLitre,
    ];

    private static readonly FrozenDictionary<int, MdcCode> ByCode32 = All.ToFrozenDictionary(code => code.Code32);

    /// <summary>The entry of a 32-bit code, if the table has it.</summary>
    public static MdcCode? Find(int code32) => ByCode32.GetValueOrDefault(code32);

    private static MdcCode Type(int term, string text, string? tsLiteral = null) => new(MdcPartition.Scada, term, text, tsLiteral);

    private static MdcCode Unit(int term, string text, string? tsLiteral = null) => new(MdcPartition.Dimension, term, text, tsLiteral);
}
