using System.Collections.Immutable;
using System.Threading.Channels;
using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Gatt;
using Dwapi.Edge.Health;
using Dwapi.Edge.Sources.Bluetooth.Devices;
using Microsoft.Extensions.Logging;

namespace Dwapi.Edge.Sources.Bluetooth;

/// <summary>
/// One connection of one device, from its services to the goodbye. It subscribes first, because these devices send for seconds only and
/// drop the link; what comes waits until the device has said who it is and what its clock shows, which date the measurements.
/// </summary>
internal sealed class DeviceSession(
    IBluetoothDevice device, DeviceRule rule, SessionSettings settings, StoredRecords records, TimeProvider time, ILogger log)
{
    private readonly Channel<(GattValue Value, DateTimeOffset At)> _inbox = Channel.CreateUnbounded<(GattValue, DateTimeOffset)>();
    private readonly List<GattValue> _information = [];
    private IBluetoothCharacteristic? _recordAccess;
    private bool _askedForAll;
    private bool _clockIsToBeSet;

    /// <summary>Values that came.</summary>
    public long Values { get; private set; }

    /// <summary>The service of the device, once it is known.</summary>
    public string? ServiceId { get; private set; }

    /// <summary>Runs to the end.</summary>
    /// <param name="sink">Takes the values.</param>
    /// <param name="isCrowded">True while other devices wait for a connection.</param>
    /// <param name="isRuleOld">True once the rule of the device is another one.</param>
    /// <param name="cancellationToken">Ends it; what has come is delivered nevertheless.</param>
    /// <exception cref="BluetoothException">The device could not be used.</exception>
    public async Task<SessionOutcome> RunAsync(
        IMeasurementSink sink, Func<bool> isCrowded, Func<bool> isRuleOld, CancellationToken cancellationToken)
    {
        var measuring = await SubscribeAsync(cancellationToken).ConfigureAwait(false);
        var clock = await ReadClockAsync(cancellationToken).ConfigureAwait(false);
        await ReadInformationAsync(cancellationToken).ConfigureAwait(false);
        ServiceId = DeviceIdentity.ServiceIdOf(device.Address, _information);
        sink.Announce(new SourceDevice(ServiceId, rule.Name ?? device.Name, measuring)
        {
            PublicAddress = device.Address.Kind == BluetoothAddressKind.Public ? device.Address.Bits : null,
            Label = rule.Label,
            TrustsClock = rule.TrustClock,
        });
        Log.DeviceConnected(log, device.Address, ServiceId);
        try
        {
            foreach (var value in _information)
                await sink.AcceptAsync(ServiceId, value, time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
            if (clock is { } reading)
                await sink.AcceptAsync(ServiceId, reading.Value, reading.At, CancellationToken.None).ConfigureAwait(false);
            await AskForRecordsAsync(cancellationToken).ConfigureAwait(false);
            return await PumpAsync(sink, isCrowded, isRuleOld, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            sink.Gone(ServiceId);
        }
    }

    private static bool IsMeasurement(IBluetoothCharacteristic characteristic, out ushort number) =>
        GattUuid.TryGetNumber(characteristic.Id, out number) && HealthDecoder.Characteristics.Contains(number)
        && (characteristic.Properties & (CharacteristicProperties.Notify | CharacteristicProperties.Indicate)) != 0;

    private async Task<ImmutableArray<ushort>> SubscribeAsync(CancellationToken cancellationToken)
    {
        var measuring = ImmutableArray.CreateBuilder<ushort>();
        foreach (var characteristic in device.Characteristics)
        {
            if (!IsMeasurement(characteristic, out var number))
                continue;
            try
            {
                await characteristic.StartUpdatesAsync(
                    bytes => _inbox.Writer.TryWrite((new GattValue(number, bytes), time.GetUtcNow())), cancellationToken).ConfigureAwait(false);
                measuring.Add(number);
            }
            catch (Exception e) when (measuring.Count > 0 && (e is BluetoothException or OperationCanceledException))
            {
                // The first one may have sent already; what has come must not be lost.
                Log.DeviceWithout(log, device.Address, $"{characteristic.Id} does not send ({e.Message})");
            }
        }

        if (measuring.Count == 0)
            throw new BluetoothException(BluetoothFault.NotSupported, "The device has no characteristic that the edge can read.");
        if (measuring.Contains(GattNumbers.GlucoseMeasurement))
            await SubscribeToRecordAccessAsync(cancellationToken).ConfigureAwait(false);
        return measuring.ToImmutable();
    }

    private async Task SubscribeToRecordAccessAsync(CancellationToken cancellationToken)
    {
        var uuid = GattUuid.Of(GattNumbers.RecordAccessControlPoint);
        _recordAccess = device.Characteristics.FirstOrDefault(characteristic =>
            characteristic.Id == uuid && characteristic.Properties.HasFlag(CharacteristicProperties.Write));
        if (_recordAccess is not null)
        {
            await _recordAccess.StartUpdatesAsync(
                bytes => _inbox.Writer.TryWrite((new GattValue(GattNumbers.RecordAccessControlPoint, bytes), time.GetUtcNow())), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    // Nothing is sent before it is asked for.
    private async Task AskForRecordsAsync(CancellationToken cancellationToken)
    {
        if (_recordAccess is null)
            return;
        var request = records.Request(device.Address);
        _askedForAll = request.Length == RecordAccess.All().Length;
        await WriteAsync(_recordAccess, request, cancellationToken).ConfigureAwait(false);
    }

    private async Task TakeRecordAnswerAsync(ReadOnlyMemory<byte> answer, CancellationToken cancellationToken)
    {
        if (_askedForAll || !RecordAccess.TryReadAnswer(answer.Span, out var result) || result == RecordAccessResult.Success)
            return;

        // None after the last one: there is nothing new, or the device was reset. All of them say which.
        records.Forget(device.Address);
        await AskForRecordsAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<(GattValue Value, DateTimeOffset At)?> ReadClockAsync(CancellationToken cancellationToken)
    {
        if (Find(GattNumbers.CurrentTime) is not { } clock)
            return null;

        // The device read its clock somewhere between the two.
        var before = time.GetUtcNow();
        _clockIsToBeSet = settings.SetClocks && !rule.TrustClock && clock.Properties.HasFlag(CharacteristicProperties.Write);
        return await ReadAsync(clock, cancellationToken).ConfigureAwait(false) is { } payload
            ? (new GattValue(GattNumbers.CurrentTime, payload), before + ((time.GetUtcNow() - before) / 2)) : null;
    }

    private async Task ReadInformationAsync(CancellationToken cancellationToken)
    {
        foreach (var number in InformationCharacteristics.ToRead)
        {
            // What the system itself follows goes first: bluetoothd hides the characteristic, or fights for it.
            if (number == GattNumbers.BatteryLevel && device.BatteryPercent is { } percent)
                _information.Add(new GattValue(number, new[] { percent }));
            else if (Find(number) is { } characteristic && await ReadAsync(characteristic, cancellationToken).ConfigureAwait(false) is { } payload)
                _information.Add(new GattValue(number, payload));
        }
    }

    private IBluetoothCharacteristic? Find(ushort number)
    {
        var uuid = GattUuid.Of(number);
        return device.Characteristics.FirstOrDefault(characteristic =>
            characteristic.Id == uuid && characteristic.Properties.HasFlag(CharacteristicProperties.Read));
    }

    // Not before the device has been quiet for a while: what it stored is stamped by the clock as it was.
    private async Task SetClockAsync(IMeasurementSink sink, CancellationToken cancellationToken)
    {
        _clockIsToBeSet = false;
        var now = settings.CivilTime(time.GetUtcNow());
        if (await WriteAsync(Find(GattNumbers.CurrentTime)!, CurrentTime.Write(now), cancellationToken).ConfigureAwait(false)
            && await ReadClockAsync(cancellationToken).ConfigureAwait(false) is { } reading)
        {
            await sink.AcceptAsync(ServiceId!, reading.Value, reading.At, CancellationToken.None).ConfigureAwait(false);
        }

        _clockIsToBeSet = false;
    }

    private async Task<bool> WriteAsync(IBluetoothCharacteristic characteristic, byte[] value, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(settings.Timing.LongestRead, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await characteristic.WriteAsync(value, either.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is BluetoothException or OperationCanceledException)
        {
            Log.DeviceWithout(log, device.Address, $"{characteristic.Id} could not be written ({e.Message})");
            return false;
        }
    }

    // What a device does not tell of itself is no reason to lose its measurements.
    private async Task<byte[]?> ReadAsync(IBluetoothCharacteristic characteristic, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(settings.Timing.LongestRead, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return device.Disconnected.IsCompleted || cancellationToken.IsCancellationRequested
                ? null : await characteristic.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is BluetoothException or OperationCanceledException)
        {
            // A stop too: what the device has sent up to now is still to be delivered.
            Log.DeviceWithout(log, device.Address, $"{characteristic.Id} could not be read ({e.Message})");
            return null;
        }
    }

    private async Task<SessionOutcome> PumpAsync(
        IMeasurementSink sink, Func<bool> isCrowded, Func<bool> isRuleOld, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var heard = began;
        var stopped = new TaskCompletionSource();
        await using var stopping = cancellationToken.Register(stopped.SetResult).ConfigureAwait(false);
        Task<bool>? come = null;
        while (true)
        {
            come ??= _inbox.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
            if (!come.IsCompleted)
            {
                using var end = new CancellationTokenSource();
                var look = Task.Delay(_clockIsToBeSet ? settings.Timing.Quiet : settings.Timing.Look, time, end.Token);
                if (await Task.WhenAny(come, device.Disconnected, stopped.Task, look).ConfigureAwait(false) == look && _clockIsToBeSet)
                    await SetClockAsync(sink, cancellationToken).ConfigureAwait(false);
                await end.CancelAsync().ConfigureAwait(false);
            }

            come = come.IsCompleted ? null : come;
            while (_inbox.Reader.TryRead(out var next))
            {
                heard = time.GetTimestamp();
                if (next.Value.Characteristic == GattNumbers.RecordAccessControlPoint)
                {
                    await TakeRecordAnswerAsync(next.Value.Payload, cancellationToken).ConfigureAwait(false);
                    continue;
                }

                await sink.AcceptAsync(ServiceId!, next.Value, next.At, CancellationToken.None).ConfigureAwait(false);
                records.Fetched(device.Address, next.Value);
                Values++;
            }

            if (EndOf(began, heard, isCrowded, isRuleOld, cancellationToken) is { } outcome && !_inbox.Reader.TryPeek(out _))
                return outcome;
        }
    }

    private SessionOutcome? EndOf(long began, long heard, Func<bool> isCrowded, Func<bool> isRuleOld, CancellationToken cancellationToken) =>
        device.Disconnected.IsCompleted ? SessionOutcome.DeviceLeft
        : cancellationToken.IsCancellationRequested ? SessionOutcome.Stopped
        : isRuleOld() ? SessionOutcome.RuleChanged
        : time.GetElapsedTime(heard) >= settings.Timing.Idle ? SessionOutcome.Idle
        : isCrowded() && (time.GetElapsedTime(began) >= settings.Timing.Turn || time.GetElapsedTime(heard) >= settings.Timing.CrowdedIdle) ? SessionOutcome.TurnOver
        : null;
}
