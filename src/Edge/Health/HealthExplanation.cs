namespace Dwapi.Edge.Health;

/// <summary>One payload for people.</summary>
/// <param name="Reading">What became of it.</param>
/// <param name="Json">The object as an answer to GET shows it; null if it is no measurement.</param>
/// <param name="Fields">The fields of the payload.</param>
public sealed record HealthExplanation(HealthReading Reading, string? Json, IReadOnlyList<DecodedField> Fields);
