using System.Collections.Immutable;

namespace Dwapi.Gotapi.Frames;

/// <summary>One profile of a service.</summary>
/// <param name="Name">The profile, for example <c>health</c>.</param>
/// <param name="Attributes">Its attributes, for example <c>thermometer</c>.</param>
public sealed record ServiceProfile(string Name, ImmutableArray<string> Attributes);
