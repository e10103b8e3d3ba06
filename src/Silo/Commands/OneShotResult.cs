using System.Text.Json;

namespace Dwapi.Silo.Commands;

/// <summary>The answer to one one-shot request.</summary>
internal sealed record OneShotResult(string ServiceId, string Name, string Attribute, JsonElement Answer)
{
    /// <summary>The quantities in a form for people: value, unit and time.</summary>
    public IEnumerable<(string Name, string Text)> Quantities()
    {
        if (Answer.GetProperty("result").GetInt32() != 0)
        {
            yield return ("no result", $"error {Answer.GetProperty("errorCode")}: {Answer.GetProperty("errorMessage").GetString()}");
            yield break;
        }

        foreach (var part in Answer.GetProperty(Attribute).EnumerateObject())
        {
            if (part.Value.ValueKind == JsonValueKind.Object && part.Value.TryGetProperty("value", out var value))
            {
                yield return (part.Name, $"{value.GetRawText()} {part.Value.GetProperty("unit").GetString()}   {part.Value.GetProperty("timeStampString").GetString()}");
            }
        }
    }
}
