namespace Dwapi.Gotapi.Codes;

/// <summary>The partitions of IEEE 11073-10101 in use here; a 32-bit code is partition x 65536 + term.</summary>
public enum MdcPartition
{
    /// <summary>The device does not say.</summary>
    None = 0,

    /// <summary>Measured quantities.</summary>
    Scada = 2,

    /// <summary>Units.</summary>
    Dimension = 4,

    /// <summary>Device types.</summary>
    Infrastructure = 8,

    /// <summary>Health and fitness quantities.</summary>
    HealthAndFitness = 129,
}
