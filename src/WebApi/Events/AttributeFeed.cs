namespace Dwapi.WebApi.Events;

/// <summary>What this node knows of one attribute of a device; used under the feed's turn only.</summary>
internal sealed class AttributeFeed(MonitoredAttribute attribute, long head)
{
    /// <summary>The attribute.</summary>
    public MonitoredAttribute Attribute { get; } = attribute;

    /// <summary>The last sequence that was given out here, in order and without holes.</summary>
    public long Head { get; set; } = head;

    /// <summary>Monitors that have everything up to <see cref="Head"/>.</summary>
    public List<SocketMonitor> Live { get; } = [];

    /// <summary>Monitors that were live and read now what they missed, until they have everything again.</summary>
    public List<SocketMonitor> Late { get; } = [];
}
