using System.Collections.Immutable;
using Dwapi.Edge.Gatt;

namespace Dwapi.Edge.Sources.Bluetooth;

/// <summary>The GATT services of the health devices that the edge can read.</summary>
internal static class HealthServices
{
    /// <summary>Number and name of each.</summary>
    public static readonly ImmutableDictionary<ushort, string> Names = new Dictionary<ushort, string>
    {
        [0x1809] = "thermometer",
        [0x180D] = "heart rate",
        [0x181D] = "weight scale",
        [0x181B] = "body composition",
        [0x1810] = "blood pressure",
        [0x1822] = "pulse oximeter",
        [0x1808] = "glucose",
    }.ToImmutableDictionary();

    /// <summary>Their UUIDs: what is looked for.</summary>
    public static readonly ImmutableArray<Guid> Uuids = [.. Names.Keys.Order().Select(GattUuid.Of)];

    /// <summary>The names of those among the given ones.</summary>
    public static IEnumerable<string> NamesOf(IEnumerable<Guid> services) =>
        services.Where(uuid => GattUuid.TryGetNumber(uuid, out var number) && Names.ContainsKey(number)).Select(uuid =>
        {
            GattUuid.TryGetNumber(uuid, out var number);
            return Names[number];
        }).Distinct();
}
