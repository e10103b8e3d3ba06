namespace Dwapi.Edge.Gatt;

/// <summary>Where the sample was taken; other values are reserved.</summary>
public enum GlucoseLocation : byte
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>Finger.</summary>
    Finger = 1,

    /// <summary>Another site.</summary>
    AlternateSite = 2,

    /// <summary>Ear lobe.</summary>
    EarLobe = 3,

    /// <summary>Control solution.</summary>
    ControlSolution = 4,

    /// <summary>Not available.</summary>
    Unavailable = 15,
}
