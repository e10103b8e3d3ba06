namespace Dwapi.Edge.Sources.Replay;

/// <summary>One line of a capture file: a value that a device sent.</summary>
/// <param name="Time">When it was received.</param>
/// <param name="Address">The device.</param>
/// <param name="Name">The name that it advertises, if the line says it.</param>
/// <param name="Value">Characteristic and bytes.</param>
internal sealed record CaptureLine(DateTimeOffset Time, string Address, string? Name, GattValue Value);
