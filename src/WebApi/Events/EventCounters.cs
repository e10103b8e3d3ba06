using System.Diagnostics.Metrics;

namespace Dwapi.WebApi.Events;

/// <summary>What an operator watches of GotAPI-5.</summary>
internal static class EventCounters
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Dwapi.WebApi";

    private static readonly Meter Meter = new(MeterName);

    /// <summary>Events that a slow socket lost (each followed by a frame with <c>gap</c>).</summary>
    public static readonly Counter<long> Dropped = Meter.CreateCounter<long>("dwapi.gotapi5.dropped", "{event}");

    /// <summary>Events written to sockets.</summary>
    public static readonly Counter<long> Sent = Meter.CreateCounter<long>("dwapi.gotapi5.sent", "{event}");

    /// <summary>Events read again because the stream lost them.</summary>
    public static readonly Counter<long> Reread = Meter.CreateCounter<long>("dwapi.gotapi5.reread", "{event}");
}
