using System.Diagnostics.Metrics;
using Dwapi.WebApi.Events;

namespace Dwapi.WebApi.Draining;

/// <summary>Open connections of this process, for the operator and for autoscaling.</summary>
internal static class ConnectionCounters
{
    private static readonly Meter Meter = new(EventCounters.MeterName);

    private static readonly UpDownCounter<long> Sockets = Meter.CreateUpDownCounter<long>("dwapi.gotapi5.sockets", "{socket}");

    private static readonly UpDownCounter<long> Links = Meter.CreateUpDownCounter<long>("dwapi.gotapi4.links", "{link}");

    public static UpDownCounter<long> Of(ConnectionKind kind) => kind == ConnectionKind.Socket ? Sockets : Links;

    /// <summary>Shows both from the start: an autoscaler must be able to tell none from unknown.</summary>
    public static void Show()
    {
        Sockets.Add(0);
        Links.Add(0);
    }
}
