namespace Dwapi.Edge.Ipp;

/// <summary>A boolean.</summary>
internal sealed record IppBoolean(bool IsTrue) : IppValue(IppTag.Boolean);
