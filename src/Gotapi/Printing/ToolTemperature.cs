namespace Dwapi.Gotapi.Printing;

/// <summary>Temperatures of one tool, degrees Celsius.</summary>
/// <param name="Index">Number of the tool, from 0.</param>
/// <param name="Actual">Measured; null when it is not known.</param>
/// <param name="Target">Wanted; null when it is not known.</param>
public sealed record ToolTemperature(int Index, double? Actual = null, double? Target = null);
