using System.Diagnostics.Metrics;
using Dwapi.WebApi.Events;

namespace Dwapi.WebApi.Quotas;

/// <summary>What an operator watches of each tenant; every series has the label <c>tenant</c>.</summary>
internal static class QuotaMeter
{
    private static readonly Meter Meter = new(EventCounters.MeterName);
    private static readonly Counter<long> Events = Meter.CreateCounter<long>("dwapi.tenant.events", "{item}");
    private static readonly UpDownCounter<int> Sockets = Meter.CreateUpDownCounter<int>("dwapi.tenant.sockets", "{socket}");
    private static readonly Counter<long> Refused = Meter.CreateCounter<long>("dwapi.tenant.refused", "{refusal}");

    /// <summary>Measurements that edges sent, once per frame.</summary>
    public static void Received(string tenant, int items) => Events.Add(items, new KeyValuePair<string, object?>("tenant", tenant));

    /// <summary>A GotAPI-5 socket was opened (1) or closed (-1).</summary>
    public static void CountSocket(KeyValuePair<string, object?> tenant, int change) => Sockets.Add(change, tenant);

    /// <summary>A quota refused something, or made it wait.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="quota">The quota, as its setting is called.</param>
    public static void RefusedBy(string tenant, string quota) =>
        Refused.Add(1, new KeyValuePair<string, object?>("tenant", tenant), new KeyValuePair<string, object?>("quota", quota));
}
