namespace Dwapi.Edge.Diagnosis;

/// <summary>One thing that the doctor looked at.</summary>
/// <param name="What">What.</param>
/// <param name="Ok">True if it is well.</param>
/// <param name="Found">How it is.</param>
/// <param name="Mend">What to do; null if there is nothing to do.</param>
internal sealed record Finding(string What, bool Ok, string Found, string? Mend = null);
