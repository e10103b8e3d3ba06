namespace Dwapi.Edge.Gatt;

/// <summary>Measurement Status of the Blood Pressure service.</summary>
[Flags]
public enum BloodPressureStatus : ushort
{
    /// <summary>Nothing is said.</summary>
    None = 0,

    /// <summary>The body moved.</summary>
    BodyMovement = 1 << 0,

    /// <summary>The cuff was too loose.</summary>
    CuffTooLoose = 1 << 1,

    /// <summary>The pulse was irregular.</summary>
    IrregularPulse = 1 << 2,

    /// <summary>The pulse rate was above the upper limit.</summary>
    PulseAboveRange = 1 << 3,

    /// <summary>The pulse rate was below the lower limit.</summary>
    PulseBelowRange = 1 << 4,

    /// <summary>The cuff was in a wrong place.</summary>
    ImproperPosition = 1 << 5,
}
