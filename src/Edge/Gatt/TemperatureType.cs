namespace Dwapi.Edge.Gatt;

/// <summary>Where a temperature is taken; other values are reserved and say nothing.</summary>
public enum TemperatureType : byte
{
    /// <summary>Armpit.</summary>
    Armpit = 1,

    /// <summary>Body, general.</summary>
    Body = 2,

    /// <summary>Ear, usually its lobe.</summary>
    Ear = 3,

    /// <summary>Finger.</summary>
    Finger = 4,

    /// <summary>Gastro-intestinal tract.</summary>
    GastroIntestinalTract = 5,

    /// <summary>Mouth.</summary>
    Mouth = 6,

    /// <summary>Rectum.</summary>
    Rectum = 7,

    /// <summary>Toe.</summary>
    Toe = 8,

    /// <summary>Tympanum.</summary>
    Tympanum = 9,
}
