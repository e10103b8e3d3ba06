using System.Collections.Immutable;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Validation;
using Dwapi.Grains.Devices;
using ServiceProfile = Dwapi.Grains.Devices.ServiceProfile;

namespace Dwapi.WebApi.PluginLink;

/// <summary>
/// The door of announcements. Ids and limits were checked by the frame's reader; here the device slice is, because its bytes are
/// spliced into answers without another look.
/// </summary>
internal static class ServiceDoor
{
    /// <summary>Makes a registration of an announcement, or says why it is refused.</summary>
    public static bool TryAdmit(
        ServiceAnnouncement service, string edgeId, PluginApproval approval, out ServiceRegistration? registration, out string reason)
    {
        registration = null;
        reason = "";
        var health = service.HealthAttributes();
        var hasModelName = health.Any(attribute => attribute.HasModelName);
        var slice = service.Device;
        if (slice.IsEmpty)
        {
            slice = DeviceObjectWriter.ToUtf8(Described(service, health), hasModelName);
        }

        var device = DeviceObjectValidator.Validate(slice, hasModelName);
        if (device.Refusal.IsRefused)
        {
            reason = device.Refusal.Message;
            return false;
        }

        registration = new ServiceRegistration(
            service.ServiceId,
            edgeId,
            service.Name,
            service.Manufacturer,
            service.Version,
            service.Type == "Unknown" ? "" : service.Type,
            service.Online,
            service.Scopes,
            Profiles(service, health),
            HealthSlices.Inner(device.Device),
            approval);
        return true;
    }

    // A plug-in written to the texts tells its device only with a measurement; its name and manufacturer are what discovery has.
    private static DeviceObject Described(ServiceAnnouncement service, ImmutableArray<HealthAttribute> health) => new()
    {
        ProductName = health.IsEmpty ? service.Name : DeviceObject.Named(service.Name, health[0], service.ServiceId),
        ManufacturerName = service.Manufacturer,
    };

    private static ImmutableArray<ServiceProfile> Profiles(ServiceAnnouncement service, ImmutableArray<HealthAttribute> health)
    {
        var profiles = ImmutableArray.CreateBuilder<ServiceProfile>();
        if (!health.IsEmpty)
        {
            profiles.Add(new ServiceProfile(HealthAttributes.Profile, [.. health.Select(attribute => attribute.Name)]));
        }

        foreach (var profile in service.Profiles)
        {
            var name = profile.Name.ToLowerInvariant();
            if (name != HealthAttributes.Profile)
            {
                profiles.Add(new ServiceProfile(name, profile.Attributes));
            }
        }

        return profiles.ToImmutable();
    }
}
