namespace Dwapi.Grains.Applications;

/// <summary>How a waiting token request ended.</summary>
internal enum AccessDecision
{
    /// <summary>The operator said yes.</summary>
    Approved,

    /// <summary>The operator said no.</summary>
    Denied,

    /// <summary>The same client asked again.</summary>
    Replaced,

    /// <summary>The client was removed.</summary>
    Ended,

    /// <summary>The server stops.</summary>
    Stopping,

    /// <summary>Nobody decided in time.</summary>
    TimedOut,
}
