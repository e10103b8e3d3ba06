using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Connections;

/// <summary>What the words of a firmware mean.</summary>
internal static class FirmwareWords
{
    /// <summary>The alert for a fault in a firmware's own words.</summary>
    /// <param name="message">The words.</param>
    /// <param name="otherwise">What it is if no heater is named.</param>
    public static AlertCode Classify(string message, AlertCode otherwise)
    {
        bool Says(string word) => message.Contains(word, StringComparison.OrdinalIgnoreCase);

        return Says("thermal runaway") ? AlertCode.ThermalRunaway
            : Says("not heating at expected rate") || Says("ADC out of range") || Says("heating failed") || Says("MINTEMP") || Says("MAXTEMP") ? AlertCode.HeaterFault
            : otherwise;
    }
}
