using Dwapi.Gotapi.Health;
using Dwapi.Grains;
using Dwapi.Grains.Devices;
using Dwapi.WebApi.Fhir.Resources;
using Dwapi.WebApi.Management.Devices;

namespace Dwapi.WebApi.Fhir;

/// <summary>Finds measurements of one device: attribute by attribute, newest first, in pages of the store.</summary>
internal sealed class ObservationSearch(IGrainFactory grains, DeviceDirectory directory)
{
    /// <summary>One page and the cursor of the next, "" at the end; null when there is no such device.</summary>
    public async Task<(List<Observation> Found, string Next)?> FindAsync(
        string tenant, ObservationQuery query, CancellationToken cancellationToken)
    {
        if (await directory.Find(tenant, query.ServiceId) is not { } device)
        {
            return null;
        }

        var attributes = DeviceDirectory.AttributesOf(device.Service).Select(name => HealthAttributes.Find(name)).OfType<HealthAttribute>().ToList();
        var (attribute, cursor) = Split(query.Cursor);
        var index = attribute.Length == 0 ? 0 : Math.Max(0, attributes.FindIndex(candidate => candidate.Name == attribute));
        var found = new List<Observation>();
        var grain = grains.GetGrain<IDeviceGrain>(TenantKey.Of(tenant, query.ServiceId));
        for (; index < attributes.Count && found.Count < query.Count; index++, cursor = "")
        {
            var page = await grain.GetHistory(
                new HistoryQuery(attributes[index].Name, query.From, query.To, NewestFirst: true, cursor, query.Count - found.Count), cancellationToken);
            found.AddRange(page.Measurements
                .Select(measurement => ObservationMapper.Map(device.Service, attributes[index], measurement))
                .Where(observation => query.Codes.Count == 0 || query.Codes.Any(code => ObservationMapper.HasCode(observation, code))));
            if (page.NextCursor.Length > 0)
            {
                return (found, $"{attributes[index].Name}~{page.NextCursor}");
            }
        }

        return (found, index < attributes.Count ? $"{attributes[index].Name}~" : "");
    }

    /// <summary>One measurement, or null.</summary>
    public async Task<Observation?> ReadAsync(string tenant, string serviceId, string attribute, long sequence)
    {
        if (sequence < 1
            || HealthAttributes.Find(attribute) is not { } health
            || await directory.Find(tenant, serviceId) is not { } device
            || !DeviceDirectory.AttributesOf(device.Service).Contains(health.Name))
        {
            return null;
        }

        var page = await grains.GetGrain<IDeviceGrain>(TenantKey.Of(tenant, serviceId)).ReadEvents(health.Name, sequence - 1, 1);
        return page.Events is [{ } measurement] && measurement.Sequence == sequence ? ObservationMapper.Map(device.Service, health, measurement) : null;
    }

    private static (string Attribute, string Cursor) Split(string cursor)
    {
        var tilde = cursor.IndexOf('~', StringComparison.Ordinal);
        return tilde < 0 ? ("", "") : (cursor[..tilde], cursor[(tilde + 1)..]);
    }
}
