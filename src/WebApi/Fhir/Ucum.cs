using System.Collections.Frozen;
using Dwapi.Gotapi.Codes;

namespace Dwapi.WebApi.Fhir;

/// <summary>UCUM codes of the MDC units that health objects use.</summary>
internal static class Ucum
{
    /// <summary>The code system.</summary>
    public const string System = "http://unitsofmeasure.org";

    private static readonly FrozenDictionary<string, string> ByCode = new Dictionary<MdcCode, string>
    {
        [MdcCodes.Celsius] = "Cel",
        [MdcCodes.Fahrenheit] = "[degF]",
        [MdcCodes.BeatsPerMinute] = "/min",
        [MdcCodes.Millisecond] = "ms",
        [MdcCodes.Kilogram] = "kg",
        [MdcCodes.Pound] = "[lb_av]",
        [MdcCodes.Metre] = "m",
        [MdcCodes.Inch] = "[in_i]",
        [MdcCodes.Percent] = "%",
        [MdcCodes.KilogramPerSquareMetre] = "kg/m2",
        [MdcCodes.Joule] = "J",
        [MdcCodes.Calorie] = "cal",
        [MdcCodes.Ohm] = "Ohm",
        [MdcCodes.MillimetreOfMercury] = "mm[Hg]",
        [MdcCodes.Kilopascal] = "kPa",
        [MdcCodes.MilligramPerDecilitre] = "mg/dL",
        [MdcCodes.MillimolePerLitre] = "mmol/L",
    }.ToFrozenDictionary(unit => unit.Key.Code, unit => unit.Value);

    /// <summary>The UCUM code of a unitCode, or null when it is not known.</summary>
    public static string? Of(string unitCode) => ByCode.GetValueOrDefault(unitCode);
}
