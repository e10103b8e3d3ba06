namespace Dwapi.Edge.Sources.Bluetooth.Devices;

/// <summary>bluetooth.json: what a running edge tells about its radio and devices, for <c>dwapi-edge devices</c> and <c>doctor</c>.</summary>
internal sealed record BluetoothReport
{
    /// <summary>When it was written, Unix milliseconds.</summary>
    public long Written { get; init; }

    /// <summary>State of the radio.</summary>
    public string Radio { get; init; } = "";

    /// <summary>Why it is not on.</summary>
    public string? Problem { get; init; }

    /// <summary>Connections in use.</summary>
    public int SlotsUsed { get; init; }

    /// <summary>Connections that are free.</summary>
    public int SlotsFree { get; init; }

    /// <summary>Devices that wait for one.</summary>
    public int SlotsWaiting { get; init; }

    /// <summary>The devices.</summary>
    public IReadOnlyList<DeviceSighting> Devices { get; init; } = [];
}
