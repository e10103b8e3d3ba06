namespace Dwapi.Grains.Devices;

/// <summary>Asks for stored measurements of one attribute by time of measurement.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="From">Inclusive lower bound, Unix ms.</param>
/// <param name="To">Exclusive upper bound, Unix ms.</param>
/// <param name="NewestFirst">Order by time of measurement, then sequence.</param>
/// <param name="Cursor">"" for the first page, else <see cref="HistoryPage.NextCursor"/>.</param>
/// <param name="Limit">1 to 1,000.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.HistoryQuery")]
public sealed record HistoryQuery(
    [property: Id(0)] string Attribute,
    [property: Id(1)] long From,
    [property: Id(2)] long To,
    [property: Id(3)] bool NewestFirst,
    [property: Id(4)] string Cursor,
    [property: Id(5)] int Limit);
