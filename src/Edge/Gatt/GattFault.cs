namespace Dwapi.Edge.Gatt;

/// <summary>Why a GATT payload is refused as a whole. A refused payload never gives a half-filled record.</summary>
public enum GattFault : byte
{
    /// <summary>It is not.</summary>
    None = 0,

    /// <summary>Shorter than its own flags require.</summary>
    TooShort,

    /// <summary>A value that the characteristic does not allow, for example a battery of 200 %.</summary>
    OutOfRange,

    /// <summary>A string that is not UTF-8.</summary>
    NotText,

    /// <summary>The private 13-byte layout of the Mi Body Composition Scale 2, which uses the number of the standard one.</summary>
    MiPrivateLayout,

    /// <summary>No decoder for this characteristic.</summary>
    UnknownCharacteristic,
}
