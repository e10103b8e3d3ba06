using System.Buffers;
using System.Collections.Immutable;
using Dwapi.Edge.Gatt;
using Dwapi.Edge.Health;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Health;

namespace Dwapi.Edge.Services;

/// <summary>One device of this edge as a service: what it offers and its latest results. Its lock is held around every use.</summary>
internal sealed class EdgeService(HealthDevice device) : IEdgeService
{
    private readonly Dictionary<HealthAttribute, byte[]> _latest = [];
    private readonly Dictionary<HealthAttribute, long> _times = [];
    private ImmutableArray<HealthAttribute> _attributes = [];
    private ImmutableArray<string> _optionalScopes = [];

    public Lock Gate { get; } = new();

    public HealthDevice Device { get; } = device;

    public bool Online { get; set; } = true;

    /// <summary>Where the decoder writes; reused from value to value.</summary>
    public ArrayBufferWriter<byte> Quantities { get; } = new(512);

    /// <summary>Notes that the device has a characteristic.</summary>
    /// <returns>True if the announcement changes by it.</returns>
    public bool Offer(ushort characteristic)
    {
        if (HealthDecoder.AttributeOf(characteristic) is not { } attribute)
            return false;

        var before = (_attributes.Length, _optionalScopes.Length);
        if (!_attributes.Contains(attribute))
            _attributes = _attributes.Add(attribute);
        if (characteristic == GattNumbers.BodyCompositionMeasurement)
        {
            // A scale shows "bca" only if it measures what is behind it.
            foreach (var scope in attribute.DiscoveryScopes.Where(scope => scope.OnlyIfOffered && !_optionalScopes.Contains(scope.Name)))
                _optionalScopes = _optionalScopes.Add(scope.Name);
        }

        return before != (_attributes.Length, _optionalScopes.Length);
    }

    /// <summary>The announcement, or null while no attribute of it is known.</summary>
    public ServiceAnnouncement? Announcement() => _attributes.IsEmpty ? null : Device.Announce(_attributes, _optionalScopes, Online);

    public bool Has(HealthAttribute attribute) => _attributes.Contains(attribute);

    public byte[]? Latest(HealthAttribute attribute) => _latest.GetValueOrDefault(attribute);

    /// <summary>Remembers the latest result. A stored record of old does not replace a newer one (DECISIONS 12).</summary>
    public void Remember(in HealthReading reading)
    {
        var attribute = reading.Attribute!;
        if (reading.Stamped && _times.TryGetValue(attribute, out var time) && reading.Time.UnixMilliseconds < time)
            return;
        _times[attribute] = reading.Time.UnixMilliseconds;
        _latest[attribute] = Quantities.WrittenSpan.ToArray();
    }
}
