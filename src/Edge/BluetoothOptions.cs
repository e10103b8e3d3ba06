using System.ComponentModel.DataAnnotations;

namespace Dwapi.Edge;

/// <summary>The Bluetooth devices of an edge.</summary>
public sealed class BluetoothOptions
{
    /// <summary>True to look for health devices and relay them.</summary>
    public bool Enabled { get; set; }

    /// <summary>The adapter, for example <c>hci0</c>; the first by default.</summary>
    public string? Adapter { get; set; }

    /// <summary>Address of the bus on which bluetoothd is; the system bus by default.</summary>
    public string? Bus { get; set; }

    /// <summary>Devices that are connected at the same time at most, 1 to 100: what the adapter can bear.</summary>
    [Range(1, 100)]
    public int ConnectionSlots { get; set; } = 5;

    /// <summary>Longest wait for a connection with its services; 5 to 60 s.</summary>
    [Range(5, 60)]
    public int ConnectSeconds { get; set; } = 20;

    /// <summary>A device that has sent nothing for so long is let go; 5 to 3600 s.</summary>
    [Range(5, 3600)]
    public int IdleSeconds { get; set; } = 60;

    /// <summary>Longest pause after a failed connection to a device; 1 to 3600 s.</summary>
    [Range(1, 3600)]
    public int LongestPauseSeconds { get; set; } = 120;

    /// <summary>True to relay devices that nobody has allowed; otherwise they are shown by <c>dwapi-edge devices</c> only.</summary>
    public bool RelayUnknown { get; set; }

    /// <summary>True to set the clock of devices that let it be written.</summary>
    public bool SetClocks { get; set; } = true;
}
