namespace Dwapi.Edge.Ipp;

/// <summary>A group of attributes.</summary>
/// <param name="Tag">The delimiter that begins it.</param>
/// <param name="Attributes">What is in it.</param>
internal sealed record IppGroup(IppTag Tag, IppAttributes Attributes);
