using System.Text.Json;
using Dwapi.Edge.Health;

namespace Dwapi.Edge.Commands;

/// <summary>Result of the verb decode.</summary>
/// <param name="Characteristic">Number of the characteristic, four hex digits.</param>
/// <param name="Outcome">What became of the payload.</param>
/// <param name="Reason">Why it is no measurement; null if it is one.</param>
/// <param name="Object">The object as an answer to GET shows it; null if it is no measurement.</param>
/// <param name="Fields">The fields of the payload.</param>
internal sealed record DecodeResult(
    string Characteristic, HealthOutcome Outcome, string? Reason, JsonElement? Object, IReadOnlyList<DecodedField> Fields);
