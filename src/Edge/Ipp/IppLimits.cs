namespace Dwapi.Edge.Ipp;

/// <summary>What a message may be at most. Checked before anything is allocated for it.</summary>
internal static class IppLimits
{
    /// <summary>Bytes of a message without its document.</summary>
    public const int MessageBytes = 1 << 20;

    /// <summary>Groups; Get-Jobs answers with one per job.</summary>
    public const int Groups = 1024;

    /// <summary>Attributes, members of collections included.</summary>
    public const int Attributes = 16 * 1024;

    /// <summary>Values, those in collections included.</summary>
    public const int Values = 64 * 1024;

    /// <summary>Collections within collections.</summary>
    public const int Depth = 8;

    /// <summary>Octets of a value: its length is a signed short (RFC 8010 3.1.4).</summary>
    public const int ValueBytes = 32767;

    /// <summary>Octets of a name: a keyword's (RFC 8011 5.1.4).</summary>
    public const int NameBytes = 255;
}
