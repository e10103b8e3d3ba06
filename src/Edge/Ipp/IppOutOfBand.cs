namespace Dwapi.Edge.Ipp;

/// <summary>A tag instead of a value: unknown, no-value, unsupported and their like.</summary>
internal sealed record IppOutOfBand(IppTag Tag) : IppValue(Tag);
