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
    IBluetoothDevice device, DeviceRule rule, SessionSettings settings, SessionMemory memory, Action<string> note, TimeProvider time, ILogger log)
{
    private const CharacteristicProperties Sends = CharacteristicProperties.Notify | CharacteristicProperties.Indicate;

    private readonly DeviceCalls _calls = new(device, settings.Timing.LongestRead, time, log);
    private readonly Channel<(GattValue Value, DateTimeOffset At)> _inbox = Channel.CreateUnbounded<(GattValue, DateTimeOffset)>();
    private readonly List<GattValue> _information = [];
    private IBluetoothCharacteristic? _recordAccess;
    private EnergyReset? _energy;
    private byte? _systemBattery;
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
        if (measuring.Contains(GattNumbers.HeartRateMeasurement))
        {
            _energy = new EnergyReset(device.Address, rule, _calls, memory.Energy, note, time, log);
            await _energy.BeginAsync(cancellationToken).ConfigureAwait(false);
        }

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
            await FollowBatteryAsync(cancellationToken).ConfigureAwait(false);
            return await PumpAsync(sink, isCrowded, isRuleOld, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            sink.Gone(ServiceId);
        }
    }

    private static bool IsMeasurement(IBluetoothCharacteristic characteristic, out ushort number) =>
        GattUuid.TryGetNumber(characteristic.Id, out number) && HealthDecoder.Characteristics.Contains(number)
        && (characteristic.Properties & Sends) != 0;

    private async Task<ImmutableArray<ushort>> SubscribeAsync(CancellationToken cancellationToken)
    {
        var measuring = ImmutableArray.CreateBuilder<ushort>();
        foreach (var characteristic in device.Characteristics)
        {
            if (!IsMeasurement(characteristic, out var number))
                continue;
            try
            {
                await StartUpdatesAsync(characteristic, number, cancellationToken).ConfigureAwait(false);
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
            await SubscribeToRecordAccessAsync(measuring.Any(number => number is not (GattNumbers.GlucoseMeasurement or GattNumbers.GlucoseContext)), cancellationToken)
                .ConfigureAwait(false);
        return measuring.ToImmutable();
    }

    private async Task SubscribeToRecordAccessAsync(bool measuresMore, CancellationToken cancellationToken)
    {
        if (_calls.Find(GattNumbers.RecordAccessControlPoint, CharacteristicProperties.Write) is not { } access)
            return;
        try
        {
            await StartUpdatesAsync(access, GattNumbers.RecordAccessControlPoint, cancellationToken).ConfigureAwait(false);
            _recordAccess = access;
        }
        catch (Exception e) when (measuresMore && (e is BluetoothException or OperationCanceledException))
        {
            // As above. A glucose meter sends nothing yet: it is tried again.
            Log.DeviceWithout(log, device.Address, $"{access.Id} does not send ({e.Message})");
        }
    }

    // bluetoothd answers a device that wants a bond by pairing with it. Where that fails, as it does with nobody to ask, the call is not answered at all.
    private async Task StartUpdatesAsync(IBluetoothCharacteristic characteristic, ushort number, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(settings.Timing.LongestSubscribe, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await characteristic.StartUpdatesAsync(Into(number), either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BluetoothException(
                BluetoothFault.NeedsPairing,
                $"It did not let itself be subscribed to within {settings.Timing.LongestSubscribe.TotalSeconds:0} s, as a device does that wants a bond", e);
        }
    }

    private Action<ReadOnlyMemory<byte>> Into(ushort number) =>
        bytes => _inbox.Writer.TryWrite((new GattValue(number, bytes), time.GetUtcNow()));

    // Nothing is sent before it is asked for.
    private async Task AskForRecordsAsync(CancellationToken cancellationToken)
    {
        if (_recordAccess is null)
            return;
        var request = memory.Records.Request(device.Address);
        _askedForAll = request.Length == RecordAccess.All().Length;
        await _calls.WriteAsync(_recordAccess, request, cancellationToken).ConfigureAwait(false);
    }

    private async Task TakeRecordAnswerAsync(ReadOnlyMemory<byte> answer, CancellationToken cancellationToken)
    {
        if (_askedForAll || !RecordAccess.TryReadAnswer(answer.Span, out var result) || result == RecordAccessResult.Success)
            return;

        // None after the last one: there is nothing new, or the device was reset. All of them say which.
        memory.Records.Forget(device.Address);
        await AskForRecordsAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<(GattValue Value, DateTimeOffset At)?> ReadClockAsync(CancellationToken cancellationToken)
    {
        if (_calls.Find(GattNumbers.CurrentTime, CharacteristicProperties.Read) is not { } clock)
            return null;

        // The device read its clock somewhere between the two.
        var before = time.GetUtcNow();
        _clockIsToBeSet = settings.SetClocks && !rule.TrustClock && clock.Properties.HasFlag(CharacteristicProperties.Write);
        return await _calls.ReadAsync(clock, cancellationToken).ConfigureAwait(false) is { } payload
            ? (new GattValue(GattNumbers.CurrentTime, payload), before + ((time.GetUtcNow() - before) / 2)) : null;
    }

    private async Task ReadInformationAsync(CancellationToken cancellationToken)
    {
        foreach (var number in InformationCharacteristics.ToRead)
        {
            // What the system itself follows goes first: bluetoothd hides the characteristic, or fights for it.
            if (number == GattNumbers.BatteryLevel && NewsOfSystemBattery() is { } level)
                _information.Add(level);
            else if (_calls.Find(number, CharacteristicProperties.Read) is { } characteristic
                && await _calls.ReadAsync(characteristic, cancellationToken).ConfigureAwait(false) is { } payload)
                _information.Add(new GattValue(number, payload));
        }
    }

    // After everything else: it changes by the hour.
    private async Task FollowBatteryAsync(CancellationToken cancellationToken)
    {
        if (_systemBattery is null && _calls.Find(GattNumbers.BatteryLevel, Sends) is { } battery)
            await _calls.FollowAsync(battery, Into(GattNumbers.BatteryLevel), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The level of a battery that the system follows, if it is another one than before.</summary>
    private GattValue? NewsOfSystemBattery()
    {
        if (device.BatteryPercent is not { } percent || percent == _systemBattery)
            return null;
        _systemBattery = percent;
        return new GattValue(GattNumbers.BatteryLevel, new[] { percent });
    }

    // Not before the device has been quiet for a while: what it stored is stamped by the clock as it was.
    private async Task SetClockAsync(IMeasurementSink sink, CancellationToken cancellationToken)
    {
        _clockIsToBeSet = false;
        var now = settings.CivilTime(time.GetUtcNow());
        if (await _calls.WriteAsync(
                _calls.Find(GattNumbers.CurrentTime, CharacteristicProperties.Write)!, CurrentTime.Write(now), cancellationToken).ConfigureAwait(false)
            && await ReadClockAsync(cancellationToken).ConfigureAwait(false) is { } reading)
        {
            await sink.AcceptAsync(ServiceId!, reading.Value, reading.At, CancellationToken.None).ConfigureAwait(false);
        }

        _clockIsToBeSet = false;
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
                if (await TakeAsync(sink, next.Value, next.At, cancellationToken).ConfigureAwait(false))
                    heard = time.GetTimestamp();
            }

            if (NewsOfSystemBattery() is { } level)
                await TakeAsync(sink, level, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);

            if (EndOf(began, heard, isCrowded, isRuleOld, cancellationToken) is { } outcome && !_inbox.Reader.TryPeek(out _))
                return outcome;
        }
    }

    /// <summary>Takes one value.</summary>
    /// <returns>False for the battery: a device that sends nothing else is idle.</returns>
    private async Task<bool> TakeAsync(IMeasurementSink sink, GattValue value, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (value.Characteristic == GattNumbers.RecordAccessControlPoint)
        {
            await TakeRecordAnswerAsync(value.Payload, cancellationToken).ConfigureAwait(false);
            return true;
        }

        await sink.AcceptAsync(ServiceId!, value, at, CancellationToken.None).ConfigureAwait(false);
        if (value.Characteristic == GattNumbers.BatteryLevel)
            return false;
        memory.Records.Fetched(device.Address, value);
        Values++;
        if (_energy is not null)
            await _energy.LookAsync(value, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private SessionOutcome? EndOf(long began, long heard, Func<bool> isCrowded, Func<bool> isRuleOld, CancellationToken cancellationToken) =>
        device.Disconnected.IsCompleted ? SessionOutcome.DeviceLeft
        : cancellationToken.IsCancellationRequested ? SessionOutcome.Stopped
        : isRuleOld() ? SessionOutcome.RuleChanged
        : time.GetElapsedTime(heard) >= settings.Timing.Idle ? SessionOutcome.Idle
        : isCrowded() && (time.GetElapsedTime(began) >= settings.Timing.Turn || time.GetElapsedTime(heard) >= settings.Timing.CrowdedIdle) ? SessionOutcome.TurnOver
        : null;
}
