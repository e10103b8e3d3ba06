using System.ComponentModel.DataAnnotations;

namespace Dwapi.Grains.Settings;

/// <summary>What one tenant may use of the server; a limit that is not set does not exist.</summary>
public sealed class TenantQuotas
{
    /// <summary>Announced services. Beyond it new ones are not taken; those there are stay.</summary>
    [Range(1, int.MaxValue)]
    public int? Devices { get; set; }

    /// <summary>Open GotAPI-5 WebSockets on all nodes together, then HTTP 503 and error 17.</summary>
    [Range(1, int.MaxValue)]
    public int? Sockets { get; set; }

    /// <summary>Measurements per second on all nodes together. Beyond it the edges get fewer credits and keep what they have until later.</summary>
    [Range(1, int.MaxValue)]
    public int? EventsPerSecond { get; set; }

    /// <summary>Measurements in the store. Beyond it nothing is acknowledged; the edges keep it until retention or a higher quota makes room.</summary>
    [Range(1, long.MaxValue)]
    public long? StoredMeasurements { get; set; }
}
