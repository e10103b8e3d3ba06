using System.Collections.Immutable;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;

namespace Dwapi.Storage.Registry;

/// <summary>One call of <see cref="IServiceRegistry.Announce"/>, over whatever keeps the announcements.</summary>
internal sealed class AnnounceRun(
    string edge,
    Func<string, Announcements> read,
    Action<string, Announcements, Announcements> write)
{
    private readonly ImmutableArray<RegistryChange>.Builder _changes = ImmutableArray.CreateBuilder<RegistryChange>();

    public ImmutableArray<RegistryChange> Changes => _changes.ToImmutable();

    public void Announce(ServiceRegistration service)
    {
        var before = read(service.ServiceId);
        var said = Announcement.Of(edge, service);
        var known = before.Of(edge);

        // The same word again matters only when somebody else announced the service meanwhile.
        if (known is null || !known.SaysTheSame(said) || before.All.Any(a => a.Order > known.Order))
        {
            Change(service.ServiceId, before, before.With(said));
        }
    }

    public void Remove(string serviceId)
    {
        var before = read(serviceId);
        if (before.Of(edge) is not null)
        {
            Change(serviceId, before, before.Without(edge));
        }
    }

    private void Change(string serviceId, Announcements before, Announcements now)
    {
        write(serviceId, before, now);
        if (!now.ShowTheSame(before))
        {
            _changes.Add(new RegistryChange(serviceId, before.Show(serviceId), now.Show(serviceId)));
        }
    }
}
