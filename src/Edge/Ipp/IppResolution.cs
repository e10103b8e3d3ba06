namespace Dwapi.Edge.Ipp;

/// <summary>A resolution.</summary>
/// <param name="CrossFeed">Across.</param>
/// <param name="Feed">Along.</param>
/// <param name="Units">3: per inch, 4: per centimetre.</param>
internal sealed record IppResolution(int CrossFeed, int Feed, byte Units) : IppValue(IppTag.Resolution);
