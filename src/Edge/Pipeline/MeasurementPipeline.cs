using System.Buffers;
using Dwapi.Edge.Health;
using Dwapi.Edge.Link;
using Dwapi.Edge.Outbox;
using Dwapi.Edge.Services;
using Dwapi.Edge.Sources;
using Dwapi.Gotapi.Codes;
using Microsoft.Extensions.Logging;

namespace Dwapi.Edge.Pipeline;

/// <summary>
/// The way of a measurement through the edge: bytes, decoder with clock correction, JSON once, outbox. From there the link takes it.
/// </summary>
internal sealed class MeasurementPipeline(
    DurableOutbox outbox, ServiceCatalog catalog, LiveEvents live, TimeZoneInfo? zone, CodeSpelling codes, ILogger log) : IMeasurementSink
{
    /// <summary>What became of the values.</summary>
    public PipelineCounters Counters { get; } = new();

    public void Announce(SourceDevice device)
    {
        var service = catalog.GetOrAdd(device.ServiceId, id => new EdgeService(new HealthDevice(id, zone) { Codes = codes }));
        lock (service.Gate)
        {
            service.Online = true;
            service.Device.Name = device.Name ?? service.Device.Name;
            service.Device.Label = device.Label;
            service.Device.PublicAddress = device.PublicAddress ?? service.Device.PublicAddress;
            service.Device.Clock.IsBetterThanOurs = device.TrustsClock;
            foreach (var characteristic in device.Characteristics)
                service.Offer(characteristic);
            NoteChange(service);
        }
    }

    public void Gone(string serviceId)
    {
        if (!catalog.TryFind(serviceId, out var service))
            return;
        lock (service.Gate)
        {
            service.Online = false;
            NoteChange(service);
        }
    }

    public Task AcceptAsync(string serviceId, GattValue value, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        if (!catalog.TryFind(serviceId, out var service))
            throw new InvalidOperationException("A source announces a device before its values.");

        // The append begins inside the lock, so that one device's measurements keep their order in the outbox.
        lock (service.Gate)
        {
            service.Quantities.ResetWrittenCount();
            var reading = HealthDecoder.Decode(value.Characteristic, value.Payload.Span, service.Device, receivedAt, service.Quantities);
            if (reading.Abandoned)
                Counters.CountAbandoned();
            var changed = reading.DeviceChanged;
            if (reading.Outcome is HealthOutcome.Measurement or HealthOutcome.Intermediate)
                changed |= service.Offer(value.Characteristic);
            if (changed)
                NoteChange(service);
            return Pass(service, value.Characteristic, reading, receivedAt, cancellationToken);
        }
    }

    private Task Pass(
        EdgeService service, ushort characteristic, in HealthReading reading, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        switch (reading.Outcome)
        {
            case HealthOutcome.Measurement:
                Counters.CountMeasurement();
                service.Remember(reading);
                var item = new ArrayBufferWriter<byte>(service.Quantities.WrittenCount + 256);
                HealthDecoder.WriteItem(item, reading, service.Device, receivedAt, service.Quantities.WrittenSpan);
                return KeepAsync(
                    new OutboxEntry(service.Device.ServiceId, receivedAt.ToUnixTimeMilliseconds(), item.WrittenMemory), cancellationToken);
            case HealthOutcome.Intermediate:
                Counters.CountIntermediate();
                live.Post(HealthDecoder.IntermediateEvent(reading, service.Device, service.Quantities.WrittenSpan.ToArray()));
                break;
            case HealthOutcome.NoValue:
                Counters.CountWithoutValue();
                Log.NoValue(log, service.Device.ServiceId, characteristic);
                break;
            case HealthOutcome.Refused:
                Counters.CountRefused();
                Log.PayloadRefused(log, service.Device.ServiceId, characteristic, reading.Fault);
                break;
        }

        return Task.CompletedTask;
    }

    private void NoteChange(EdgeService service)
    {
        // The outbox keeps the announcement beside the items: after a restart it has items of a device that nobody has announced
        // yet, and the server refuses what belongs to no service. No need to wait: what is appended later is committed later.
        if (service.Announcement() is { } announcement)
            _ = outbox.DescribeAsync(announcement);
        catalog.Note(service.Device.ServiceId);
    }

    private async Task KeepAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await outbox.AppendAsync(entry, cancellationToken).ConfigureAwait(false);
        }
        catch (OutboxException)
        {
            // The outbox has counted it; a full disk must not end the source, the next measurement may find room.
            Log.NotKept(log, entry.ServiceId);
        }
    }
}
