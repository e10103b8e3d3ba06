namespace Dwapi.Grains.Applications;

/// <summary>A scope that a token carries.</summary>
/// <param name="Scope">Lower-case profile or discovery scope; <c>*</c> only by operator policy.</param>
/// <param name="Expires">When its life is over (error 12).</param>
[GenerateSerializer, Immutable, Alias("Dwapi.GrantedScope")]
public sealed record GrantedScope([property: Id(0)] string Scope, [property: Id(1)] DateTimeOffset Expires);
