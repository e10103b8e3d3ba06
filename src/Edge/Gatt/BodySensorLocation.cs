namespace Dwapi.Edge.Gatt;

/// <summary>Body Sensor Location (0x2A38); other values are reserved.</summary>
public enum BodySensorLocation : byte
{
    /// <summary>Other.</summary>
    Other = 0,

    /// <summary>Chest.</summary>
    Chest = 1,

    /// <summary>Wrist.</summary>
    Wrist = 2,

    /// <summary>Finger.</summary>
    Finger = 3,

    /// <summary>Hand.</summary>
    Hand = 4,

    /// <summary>Ear lobe.</summary>
    EarLobe = 5,

    /// <summary>Foot.</summary>
    Foot = 6,
}
