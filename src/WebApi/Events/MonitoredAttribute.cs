using System.Buffers;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Printing;
using Dwapi.Grains.Applications;
using Dwapi.Grains.Devices;

namespace Dwapi.WebApi.Events;

/// <summary>What a monitor watches: the attribute under which its measurements are stored, and how one is shown.</summary>
internal sealed class MonitoredAttribute
{
    private static readonly MonitoredAttribute Printer = new(PrintingProfile.Name, PrintingProfile.Information, null);

    private static readonly Dictionary<string, MonitoredAttribute> Health = HealthAttributes.All.ToDictionary(
        attribute => attribute.Name, attribute => new MonitoredAttribute(HealthAttributes.Profile, attribute.Name, attribute), StringComparer.Ordinal);

    private readonly HealthAttribute? _health;

    private MonitoredAttribute(string profile, string name, HealthAttribute? health)
    {
        Profile = profile;
        Name = name;
        _health = health;
    }

    /// <summary>The profile in events.</summary>
    public string Profile { get; }

    /// <summary>The attribute in events and in the store.</summary>
    public string Name { get; }

    /// <summary>What a key watches; null for nothing that is measured. Status and information of a printer are one and the same.</summary>
    public static MonitoredAttribute? Of(MonitorKey key) =>
        key.Profile == PrintingProfile.Name ? Printer : Health.GetValueOrDefault(key.Attribute);

    /// <summary>Writes the object of an event.</summary>
    public void WriteMember(IBufferWriter<byte> output, Measurement measurement)
    {
        if (_health is { } attribute)
        {
            HealthSlices.WriteMember(output, attribute, default, measurement.BatteryLevel.Span, measurement.Quantities.Span);
            return;
        }

        output.Write("\"3dp\":{"u8);
        output.Write(measurement.Quantities.Span);
        output.Write("}"u8);
    }
}
