using System.Collections.Immutable;
using Dwapi.Gotapi.Health;

namespace Dwapi.Gotapi.Frames;

/// <summary>A service as a plug-in announces it (sections 5.1 of the health texts).</summary>
public sealed record ServiceAnnouncement
{
    /// <summary>The id of the service, unique in the tenant; see <see cref="ServiceIdRule"/>.</summary>
    public required string ServiceId { get; init; }

    /// <summary>Display name.</summary>
    public required string Name { get; init; }

    /// <summary>Manufacturer, "" when unknown.</summary>
    public string Manufacturer { get; init; } = "";

    /// <summary>Version, "" when unknown.</summary>
    public string Version { get; init; } = "";

    /// <summary>Network of the device: WiFi, BLE, NFC, Bluetooth, USB or Unknown.</summary>
    public string Type { get; init; } = "Unknown";

    /// <summary>False if the plug-in knows that the device cannot be used.</summary>
    public bool Online { get; init; } = true;

    /// <summary>Discovery scopes.</summary>
    public ImmutableArray<string> Scopes { get; init; } = [];

    /// <summary>Profiles with their attributes; empty if the plug-in leaves them to be derived from the scopes.</summary>
    public ImmutableArray<ServiceProfile> Profiles { get; init; } = [];

    /// <summary>The device slice (an object without batteryLevel); empty if the plug-in does not send it.</summary>
    public ReadOnlyMemory<byte> Device { get; init; }

    /// <summary>The health attributes of this service: those it states, or those that its scopes stand for.</summary>
    public ImmutableArray<HealthAttribute> HealthAttributes()
    {
        var stated = Profiles.FirstOrDefault(profile => profile.Name.Equals(Health.HealthAttributes.Profile, StringComparison.OrdinalIgnoreCase));
        return stated is not null
            ? [.. Health.HealthAttributes.All.Where(attribute => stated.Attributes.Contains(attribute.Name, StringComparer.OrdinalIgnoreCase))]
            : [.. Health.HealthAttributes.All.Where(attribute => attribute.DiscoveryScopes.Any(scope => Scopes.Contains(scope.Name, StringComparer.OrdinalIgnoreCase)))];
    }
}
