namespace Dwapi.Edge.Ipp;

/// <summary>A rangeOfInteger.</summary>
internal sealed record IppRange(int Lower, int Upper) : IppValue(IppTag.RangeOfInteger);
