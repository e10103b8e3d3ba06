namespace Dwapi.WebApi.PluginLink;

/// <summary>What came instead of, or as, a frame.</summary>
internal enum FrameKind
{
    /// <summary>A whole text message.</summary>
    Text,

    /// <summary>A message above the limit; the rest of it was not read.</summary>
    TooLarge,

    /// <summary>A binary message; the protocol has none.</summary>
    Binary,

    /// <summary>The plug-in closed.</summary>
    Closed,
}
