namespace Dwapi.Edge.Bluetooth;

/// <summary>What a characteristic can do; the values of the GATT declaration.</summary>
[Flags]
internal enum CharacteristicProperties
{
    /// <summary>Nothing of these.</summary>
    None = 0,

    /// <summary>Can be read.</summary>
    Read = 2,

    /// <summary>Can be written without an answer.</summary>
    WriteWithoutResponse = 4,

    /// <summary>Can be written.</summary>
    Write = 8,

    /// <summary>Sends without confirmation.</summary>
    Notify = 16,

    /// <summary>Sends and waits for confirmation.</summary>
    Indicate = 32,
}
