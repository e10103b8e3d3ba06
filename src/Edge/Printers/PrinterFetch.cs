namespace Dwapi.Edge.Printers;

/// <summary>Who fetches a content, for printers that can do it themselves.</summary>
public enum PrinterFetch
{
    /// <summary>The printer; the token goes to it beside the address, and from there into the Authorization header.</summary>
    Header = 0,

    /// <summary>The printer; the token is in the address (RFC 6750 2.3), as this printer sets no header.</summary>
    Url,

    /// <summary>The edge, which sends the file on.</summary>
    Edge,
}
