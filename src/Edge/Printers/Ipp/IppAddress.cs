namespace Dwapi.Edge.Printers.Ipp;

/// <summary>Where a printer is: the address that is called, and the printer-uri in the message (RFC 8010 4, RFC 7472).</summary>
/// <param name="Http">The http or https address.</param>
/// <param name="PrinterUri">The ipp or ipps one.</param>
internal sealed record IppAddress(Uri Http, string PrinterUri)
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
}
