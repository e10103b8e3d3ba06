namespace Dwapi.Grains.Ports;

/// <summary>A content server did not do what it was asked. The message carries no token.</summary>
/// <param name="message">What happened.</param>
/// <param name="refused">True if asking again is no use.</param>
public sealed class ContentServerException(string message, bool refused) : Exception(message)
{
    /// <summary>True if asking again is no use.</summary>
    public bool Refused { get; } = refused;
}
