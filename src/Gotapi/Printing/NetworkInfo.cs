namespace Dwapi.Gotapi.Printing;

/// <summary>How a printer is reached.</summary>
/// <param name="Wan">True if not on the local network.</param>
/// <param name="Address">Its address, "" when unknown.</param>
public sealed record NetworkInfo(bool Wan, string Address);
