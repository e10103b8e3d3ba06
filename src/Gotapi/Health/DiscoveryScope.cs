namespace Dwapi.Gotapi.Health;

/// <summary>A scope that a service of a health attribute shows in discovery.</summary>
/// <param name="Name">The scope, lower case.</param>
/// <param name="OnlyIfOffered">
/// False: every such service shows it. True: only one whose device measures the parts behind it (<c>bca</c>).
/// </param>
public sealed record DiscoveryScope(string Name, bool OnlyIfOffered);
