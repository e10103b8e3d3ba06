namespace Dwapi.Edge.Sources.Bluetooth.Devices;

/// <summary>What the edge knows of a device that it has heard.</summary>
internal sealed record DeviceSighting
{
    /// <summary>BD address.</summary>
    public required string Address { get; init; }

    /// <summary>The name that it advertises.</summary>
    public string? Name { get; init; }

    /// <summary>What it is: names of its health services.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }

    /// <summary>Its service, once it was connected.</summary>
    public string? ServiceId { get; init; }

    /// <summary>When it was heard last, Unix milliseconds; at most a minute old.</summary>
    public required long LastHeard { get; init; }

    /// <summary>Strength of the signal then, dBm.</summary>
    public short? Rssi { get; init; }

    /// <summary>True if its measurements are relayed.</summary>
    public bool Allowed { get; init; }

    /// <summary>What is happening with it.</summary>
    public string State { get; init; } = "in sight";
}
