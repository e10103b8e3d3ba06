using Dwapi.Gotapi.Quantities;

namespace Dwapi.Edge.Health;

/// <summary>One field of a payload for people.</summary>
/// <param name="Name">Name of the field.</param>
/// <param name="Text">Its value with unit.</param>
public sealed record DecodedField(string Name, string Text)
{
    /// <summary>A number with its unit, or why there is none.</summary>
    internal static DecodedField Of(string name, SFloat value, string unit) =>
        new(name, value.TryGetNumber(out var number, out var reason) ? $"{number} {unit}" : $"no value ({reason})");
}
