using System.Text.RegularExpressions;

namespace Dwapi.Edge.Printers.Ipp;

/// <summary>Where a printer is: the address that is called, and the printer-uri in the message (RFC 8010 4, RFC 7472).</summary>
/// <param name="Http">The http or https address.</param>
/// <param name="PrinterUri">The ipp or ipps one.</param>
internal sealed partial record IppAddress(Uri Http, string PrinterUri)
{
    private const int Port = 631;
    private const string Path = "/ipp/print3d";

    /// <summary>From the settings: ipp, ipps, http or https; the port of ipp is 631, the path by default that of IPP 3D.</summary>
    public static IppAddress Of(Uri address)
    {
        var isIpp = address.Scheme is "ipp" or "ipps";
        var isSecure = address.Scheme is "ipps" or "https";
        var port = isIpp && address.Port <= 0 ? Port : address.Port;
        var path = address.AbsolutePath is "" or "/" ? Path : address.AbsolutePath;
        var http = new UriBuilder(isSecure ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, address.Host, port, path).Uri;
        return new IppAddress(http, $"{(isSecure ? "ipps" : "ipp")}://{http.Host}:{http.Port}{http.AbsolutePath}");
    }

    /// <summary>
    /// Whether an address leads to the same after a printer took its escapes apart and asked for what came out. libcups does, and puts back only those of
    /// blanks and of what is not US-ASCII: an escaped plus in a token would come as a blank.
    /// </summary>
    public static bool Survives(string address) => !ReservedEscape().IsMatch(address);

    // What means something else unescaped: # % & + / ?
    [GeneratedRegex("%(2[356BF]|3F)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ReservedEscape();
}
