namespace Dwapi.Edge.Bluetooth;

/// <summary>Why something did not work at the radio.</summary>
internal enum BluetoothFault
{
    /// <summary>The radio or the device said no without a reason that helps.</summary>
    Failed,

    /// <summary>No adapter, no power, or nobody who drives it.</summary>
    NotReady,

    /// <summary>The device is not there any more.</summary>
    Gone,

    /// <summary>The device wants to be paired first.</summary>
    NeedsPairing,

    /// <summary>A device that has a bond did not let itself be connected to: just then, or because it has lost the bond.</summary>
    BondRefused,

    /// <summary>The device does not offer that.</summary>
    NotSupported,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>This user may not use the radio.</summary>
    Forbidden,
}
