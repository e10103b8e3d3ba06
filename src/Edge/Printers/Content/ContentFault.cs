namespace Dwapi.Edge.Printers.Content;

/// <summary>Why content could not be had.</summary>
internal enum ContentFault
{
    /// <summary>The server did not give it, after all tries.</summary>
    Failed = 0,

    /// <summary>401 or 403: another token is needed.</summary>
    TokenRejected,

    /// <summary>404 or 410.</summary>
    Gone,

    /// <summary>The address is one that must not be asked.</summary>
    Forbidden,

    /// <summary>Larger than allowed.</summary>
    TooLarge,

    /// <summary>No room on the disk.</summary>
    DiskFull,
}
