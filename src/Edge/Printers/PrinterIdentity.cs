using System.Security.Cryptography;
using System.Text;

namespace Dwapi.Edge.Printers;

/// <summary>The names under which a printer is known outside.</summary>
internal static class PrinterIdentity
{
    /// <summary>Its service.</summary>
    public static string ServiceId(PrinterOptions options) => $"3dp-{options.Id}";

    /// <summary>What it is called: by the settings, else by itself, else by its id; never "" (HD-HLF-09).</summary>
    public static string ProductName(PrinterOptions options, string calledByItself) =>
        options.Name ?? (string.IsNullOrWhiteSpace(calledByItself) ? $"3D printer {options.Id}" : calledByItself);

    /// <summary>16 hex digits from what stays the same of it: its serial number, else its id. No printer gives an EUI-64.</summary>
    public static string SystemId(PrinterOptions options) => Convert.ToHexString(SHA256.HashData(
        Encoding.UTF8.GetBytes(options.SerialNumber.Length > 0 ? options.SerialNumber : $"dwapi-printer:{options.Id}")).AsSpan(0, 8));
}
