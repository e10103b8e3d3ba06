using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Dwapi.Edge.Gatt;
using Dwapi.Gotapi.Codes;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Time;

namespace Dwapi.Edge.Health;

/// <summary>
/// What the edge knows about one health device beside its measurements; kept over connections. Not safe for two threads: a device
/// sends one payload after the other.
/// </summary>
public sealed class HealthDevice
{
    private const long OffsetBlockMilliseconds = 15 * 60_000;

    private static readonly JsonEncodedText LabelMember = JsonEncodedText.Encode("label");

    private readonly Dictionary<ushort, string> _texts = [];
    private (long Block, TimeStamp Stamp) _offset = (long.MinValue, default);

    /// <summary>A device of which nothing is known.</summary>
    /// <param name="serviceId">Its service id.</param>
    /// <param name="zone">Civil zone of the edge; null when only UTC is known.</param>
    public HealthDevice(string serviceId, TimeZoneInfo? zone)
    {
        ServiceId = serviceId;
        Clock = new DeviceClock(zone);
    }

    /// <summary>Its service id.</summary>
    public string ServiceId { get; }

    /// <summary>The name that it advertises, if it does.</summary>
    public string? Name { get; set; }

    /// <summary>The room or patient that it is assigned to: an added member of each measurement, since the assignment changes.</summary>
    public string? Label { get; set; }

    /// <summary>Which numbers stand for types and units.</summary>
    public CodeSpelling Codes { get; init; }

    /// <summary>Its public BD address, from which the system id is made if the device sends none.</summary>
    public ulong? PublicAddress { get; set; }

    /// <summary>Its clock.</summary>
    public DeviceClock Clock { get; }

    /// <summary>Its battery.</summary>
    public BatteryLevel Battery { get; internal set; }

    /// <summary>Static site of a thermometer.</summary>
    internal TemperatureType? TemperatureType { get; set; }

    internal BodyCompositionPackets Composition { get; } = new();

    internal GlucoseRecords Glucose { get; } = new();

    internal RecentMasses Masses { get; } = new();

    /// <summary>A body composition whose mass is still to come, with its time.</summary>
    internal (BodyCompositionMeasurement Measurement, long MeasuredAt)? CompositionWithoutMass { get; set; }

    /// <summary>The device object as far as it is known.</summary>
    /// <param name="attribute">Names a device that has no name.</param>
    public DeviceObject ToDeviceObject(HealthAttribute attribute) => new()
    {
        ProductName = DeviceObject.Named(Name, attribute, ServiceId),
        ManufacturerName = Text(GattNumbers.ManufacturerName),
        ModelNumber = Text(GattNumbers.ModelNumber),
        FirmwareRevision = Text(GattNumbers.FirmwareRevision),
        SerialNumber = Text(GattNumbers.SerialNumber),
        SoftwareRevision = Text(GattNumbers.SoftwareRevision),
        HardwareRevision = Text(GattNumbers.HardwareRevision),
        SystemId = SystemId(),
    };

    /// <summary>The announcement of this device as a service.</summary>
    /// <param name="attributes">Its attributes; more than one for a device with several health services.</param>
    /// <param name="optionalScopes">Scopes that it offers beyond those of every such device, for example <c>bca</c>.</param>
    /// <param name="online">False if it is known not to be usable.</param>
    public ServiceAnnouncement Announce(ImmutableArray<HealthAttribute> attributes, ImmutableArray<string> optionalScopes, bool online = true)
    {
        var device = ToDeviceObject(attributes[0]);
        return new ServiceAnnouncement
        {
            ServiceId = ServiceId,
            Name = device.ProductName,
            Manufacturer = device.ManufacturerName,
            Version = device.FirmwareRevision,
            Type = "BLE",
            Online = online,
            Scopes =
            [
                .. attributes.SelectMany(attribute => attribute.DiscoveryScopes)
                    .Where(scope => !scope.OnlyIfOffered || optionalScopes.Contains(scope.Name)).Select(scope => scope.Name),
            ],
            Profiles = [new ServiceProfile(HealthAttributes.Profile, [.. attributes.Select(attribute => attribute.Name)])],
            Device = DeviceObjectWriter.ToUtf8(device, attributes.Any(attribute => attribute.HasModelName)),
        };
    }

    /// <summary>Begins the quantities of a measurement, with the members that every measurement of this device has.</summary>
    internal QuantitiesWriter BeginQuantities(IBufferWriter<byte> output)
    {
        var slice = QuantitiesWriter.Begin(output, Codes);
        if (Label is { } label)
            slice.WriteText(LabelMember, label);
        return slice;
    }

    /// <summary>A measurement that is written, with its identity if it may have one.</summary>
    internal HealthReading Measured(IHealthCharacteristic by, ReadOnlySpan<byte> payload, TimeStamp time, bool stamped, bool ahead) =>
        Measured(by.Attribute, time, stamped, ahead) with
        {
            Identity = stamped && Clock.Advances ? MeasurementIdentity.Of(by.Number, payload) : null,
        };

    /// <summary>A value while measuring, which is written.</summary>
    internal HealthReading Intermediate(IHealthCharacteristic by, TimeStamp time, bool stamped, bool ahead) =>
        Measured(by.Attribute, time, stamped, ahead) with { Outcome = HealthOutcome.Intermediate };

    /// <summary>A measurement that is written.</summary>
    internal HealthReading Measured(HealthAttribute attribute, TimeStamp time, bool stamped, bool ahead) => new()
    {
        Outcome = HealthOutcome.Measurement,
        Attribute = attribute,
        Time = time,
        Stamped = stamped,
        AheadOfReception = ahead,
    };

    /// <summary>Takes the waiting composition if it belongs to a mass of this time and user.</summary>
    internal BodyCompositionMeasurement? TakeComposition(long measuredAt, byte? user)
    {
        if (CompositionWithoutMass is not { } waiting || !RecentMasses.IsSameWeighing(waiting.MeasuredAt, waiting.Measurement.User, measuredAt, user))
            return null;
        CompositionWithoutMass = null;
        return waiting.Measurement;
    }

    /// <summary>The stamp of a reception, with the offset of the zone.</summary>
    internal TimeStamp Reception(DateTimeOffset receivedAt)
    {
        // Offsets change only at quarters of an hour; looking one up costs more than the rest of a heart rate.
        var unix = receivedAt.ToUnixTimeMilliseconds();
        var block = Math.DivRem(unix, OffsetBlockMilliseconds).Quotient;
        if (block != _offset.Block)
            _offset = (block, Clock.Correction.Stamp(receivedAt));
        return new TimeStamp(unix, _offset.Stamp.OffsetMinutes);
    }

    /// <summary>Remembers a text of the Device Information service.</summary>
    /// <returns>True if it is new.</returns>
    internal bool Note(ushort characteristic, string text)
    {
        var known = _texts.GetValueOrDefault(characteristic);
        _texts[characteristic] = text;
        return known != text;
    }

    private string Text(ushort characteristic) => _texts.GetValueOrDefault(characteristic, "");

    private string SystemId()
    {
        var sent = Text(GattNumbers.SystemId);
        return sent is not ("" or DeviceObject.NoSystemId) ? sent
            : PublicAddress is { } address ? DeviceInformation.SystemIdOf(address) : DeviceObject.NoSystemId;
    }
}
