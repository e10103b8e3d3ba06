using System.Text.Json;

namespace Dwapi.Gotapi.Health;

/// <summary>What a battery number may be: 0.0 to 1.0, or -1 when not known.</summary>
internal static class BatteryLevelRule
{
    private const int MostDigits = 24;

    /// <summary>True if the reader stands on such a number.</summary>
    public static bool IsValid(in Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.Number || json.ValueSpan.Length > MostDigits)
            return false;
        return json.TryGetDouble(out var level) && (level is >= 0 and <= 1 || level == -1);
    }
}
