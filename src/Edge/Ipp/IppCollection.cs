namespace Dwapi.Edge.Ipp;

/// <summary>A collection: attributes as a value.</summary>
internal sealed record IppCollection(IppAttributes Members) : IppValue(IppTag.BegCollection);
