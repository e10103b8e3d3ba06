using Dwapi.Grains.Applications;

namespace Dwapi.WebApi.Gotapi;

/// <summary>An origin's key as this node knows it.</summary>
/// <param name="Key">The key; null when the origin has none.</param>
/// <param name="FetchedAt">When the grain said so, a timestamp of the clock.</param>
internal sealed record KnownOriginKey(HmacKey? Key, long FetchedAt);
