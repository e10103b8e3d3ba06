using System.Collections.Immutable;

namespace Dwapi.Grains.Applications;

/// <summary>A token, or the GotAPI error.</summary>
/// <param name="Token">The new token, shown once; "" on error.</param>
/// <param name="Scopes">What it carries.</param>
/// <param name="ErrorCode">0; 7 no decision in time; 11 denied, unregistered client, or a wildcard scope without the policy; 17 too many requests wait for an operator.</param>
/// <param name="ErrorMessage">"" or why, naming the setting that would allow it.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.AccessResult")]
public sealed record AccessResult(
    [property: Id(0)] string Token,
    [property: Id(1)] ImmutableArray<GrantedScope> Scopes,
    [property: Id(2)] int ErrorCode,
    [property: Id(3)] string ErrorMessage);
