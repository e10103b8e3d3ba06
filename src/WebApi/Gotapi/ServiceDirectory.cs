using Dwapi.Grains.Devices;
using Dwapi.WebApi.Tenants;

namespace Dwapi.WebApi.Gotapi;

/// <summary>Devices by serviceId, so that a one-shot makes no key and looks no grain up.</summary>
internal sealed class ServiceDirectory(IGrainFactory grains)
{
    private const int LongestId = 256;
    private const int ClearAbove = 200_000;

    /// <summary>The device of a tenant's serviceId; null when the text cannot be one (error 6).</summary>
    public IDeviceGrain? Find(Tenant tenant, ReadOnlySpan<char> serviceId)
    {
        if (tenant.Devices.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(serviceId, out var known))
        {
            return known;
        }

        if (!IsServiceId(serviceId))
        {
            return null;
        }

        if (tenant.Devices.Count > ClearAbove)
        {
            tenant.Devices.Clear();
        }

        var id = serviceId.ToString();
        return tenant.Devices.GetOrAdd(id, grains.GetGrain<IDeviceGrain>(tenant.KeyOf(id)));
    }

    private static bool IsServiceId(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or ':' or '-'))
            {
                return false;
            }
        }

        return text.Length is > 0 and <= LongestId;
    }
}
