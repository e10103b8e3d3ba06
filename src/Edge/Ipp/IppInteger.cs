namespace Dwapi.Edge.Ipp;

/// <summary>An integer or enum.</summary>
internal sealed record IppInteger(IppTag Tag, int Number) : IppValue(Tag);
