namespace Dwapi.Edge.Sources.Bluetooth.Devices;

/// <summary>What the operator says of a device: a line of devices.json.</summary>
internal sealed record DeviceRule
{
    /// <summary>BD address, <c>AA:BB:CC:00:11:22</c>.</summary>
    public required string Address { get; init; }

    /// <summary>True: its measurements are relayed. False: never.</summary>
    public bool Allowed { get; init; } = true;

    /// <summary>Display name in place of the one that it advertises.</summary>
    public string? Name { get; init; }

    /// <summary>Room or patient.</summary>
    public string? Label { get; init; }

    /// <summary>True if its clock is known to be better synchronised than the edge's: its stamps stay as they are.</summary>
    public bool TrustClock { get; init; }

    /// <summary>True if a heart rate monitor is to count the energy of each wearer from zero; see <see cref="EnergyCounts"/>.</summary>
    public bool ResetEnergy { get; init; }
}
