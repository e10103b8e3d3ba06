using Dwapi.Grains.Devices;

namespace Dwapi.Grains.Ports;

/// <summary>The head of one attribute as stored.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="Sequence">The highest sequence.</param>
/// <param name="Latest">The latest measurement by the rule of DECISIONS 12.</param>
/// <param name="LatestEdge">The edge through which it came.</param>
public sealed record StoredHead(string Attribute, long Sequence, Measurement Latest, string LatestEdge);
