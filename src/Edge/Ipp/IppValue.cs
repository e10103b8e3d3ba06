namespace Dwapi.Edge.Ipp;

/// <summary>One value of an attribute.</summary>
/// <param name="Tag">What it is.</param>
internal abstract record IppValue(IppTag Tag);
