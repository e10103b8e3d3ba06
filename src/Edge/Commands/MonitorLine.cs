using System.Text.Json;
using Dwapi.Edge.Health;

namespace Dwapi.Edge.Commands;

/// <summary>A value that the verb monitor shows.</summary>
/// <param name="Time">When it came.</param>
/// <param name="ServiceId">The device.</param>
/// <param name="Characteristic">Number of the characteristic, four hex digits.</param>
/// <param name="Hex">The bytes.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Object">The object as an answer to GET shows it; null if it is no measurement.</param>
/// <param name="Fields">Its fields.</param>
internal sealed record MonitorLine(
    DateTimeOffset Time, string ServiceId, string Characteristic, string Hex, HealthOutcome Outcome, JsonElement? Object, IReadOnlyList<DecodedField> Fields);
