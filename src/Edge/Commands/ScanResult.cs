namespace Dwapi.Edge.Commands;

/// <summary>Result of the verb scan.</summary>
/// <param name="Problem">Why the radio was not on; null if it was.</param>
/// <param name="Devices">What was heard.</param>
internal sealed record ScanResult(string? Problem, IReadOnlyList<ScanRow> Devices);

/// <summary>A device that was heard.</summary>
/// <param name="Address">BD address.</param>
/// <param name="Name">The name that it advertises.</param>
/// <param name="Rssi">Strength of the signal, dBm.</param>
/// <param name="Kinds">What it is.</param>
/// <param name="Age">Seconds since it was heard last.</param>
/// <param name="Paired">True if there is a bond.</param>
internal sealed record ScanRow(string Address, string? Name, short? Rssi, IReadOnlyList<string> Kinds, int Age, bool Paired);
