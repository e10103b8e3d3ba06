using System.Text.Json;
using Dwapi.Grains.Devices;

namespace Dwapi.Storage.Registry;

/// <summary>One edge's word on a service.</summary>
/// <param name="Edge">The edge.</param>
/// <param name="Order">Orders the announcements of one service.</param>
/// <param name="Online">Whether the edge said online.</param>
/// <param name="Registration">A <see cref="StoredRegistration"/> as UTF-8 JSON.</param>
/// <param name="Device">The device object's members.</param>
internal sealed record Announcement(string Edge, long Order, bool Online, byte[] Registration, byte[] Device)
{
    // What it was made of, when it was not read from the store: 100,000 services need not be read back to be shown.
    private ServiceRegistration? Source { get; init; }

    public static Announcement Of(string edge, ServiceRegistration service) => new(
        edge,
        0,
        service.Online,
        JsonSerializer.SerializeToUtf8Bytes(
            new StoredRegistration(
                service.Name, service.Manufacturer, service.Version, service.Type, service.Approval, service.Scopes, service.Profiles),
            RegistryJson.Default.StoredRegistration),
        service.Device.ToArray())
    {
        Source = service,
    };

    /// <summary>True when both say the same, whoever said it and when.</summary>
    public bool SaysTheSame(Announcement other) =>
        Online == other.Online && Registration.AsSpan().SequenceEqual(other.Registration) && Device.AsSpan().SequenceEqual(other.Device);

    /// <summary>The registration as the server shows it.</summary>
    /// <param name="serviceId">The service.</param>
    /// <param name="online">Whether any edge said online.</param>
    public ServiceRegistration Show(string serviceId, bool online)
    {
        if (Source is not null)
        {
            return Source with { ServiceId = serviceId, EdgeId = Edge, Online = online };
        }

        var stored = JsonSerializer.Deserialize(Registration, RegistryJson.Default.StoredRegistration)!;
        return new ServiceRegistration(
            serviceId, Edge, stored.Name, stored.Manufacturer, stored.Version, stored.Type, online, stored.Scopes, stored.Profiles, Device, stored.Approval);
    }
}
