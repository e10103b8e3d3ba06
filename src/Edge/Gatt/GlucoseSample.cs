namespace Dwapi.Edge.Gatt;

/// <summary>What glucose was measured in; other values are reserved.</summary>
public enum GlucoseSample : byte
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>Capillary whole blood.</summary>
    CapillaryWholeBlood = 1,

    /// <summary>Capillary plasma.</summary>
    CapillaryPlasma = 2,

    /// <summary>Venous whole blood.</summary>
    VenousWholeBlood = 3,

    /// <summary>Venous plasma.</summary>
    VenousPlasma = 4,

    /// <summary>Arterial whole blood.</summary>
    ArterialWholeBlood = 5,

    /// <summary>Arterial plasma.</summary>
    ArterialPlasma = 6,

    /// <summary>Whole blood, undetermined.</summary>
    UndeterminedWholeBlood = 7,

    /// <summary>Plasma, undetermined.</summary>
    UndeterminedPlasma = 8,

    /// <summary>Interstitial fluid.</summary>
    InterstitialFluid = 9,

    /// <summary>Control solution: not of a person.</summary>
    ControlSolution = 10,
}
