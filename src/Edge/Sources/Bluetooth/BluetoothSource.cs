using System.Collections.Concurrent;
using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Sources.Bluetooth.Devices;
using Microsoft.Extensions.Logging;

namespace Dwapi.Edge.Sources.Bluetooth;

/// <summary>
/// Health devices by Bluetooth: scans all the time, connects on sight of a service that it knows, takes what the device has, and lets it go.
/// </summary>
internal sealed class BluetoothSource(
    IBluetoothCentral central, IDevicePolicy policy, ConnectionSlots slots, SessionSettings settings, TimeProvider time, ILogger log)
    : IMeasurementSource
{
    // A device that is not heard any more after so many failures has gone.
    private const int BlindTries = 3;

    private readonly ConcurrentDictionary<ulong, Visit> _visits = new();
    private readonly TaskCompletionSource _fault = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SessionMemory _memory = new(new StoredRecords(), new EnergyCounts(settings.Timing.Absence));

    /// <summary>The source that the settings ask for.</summary>
    /// <exception cref="EdgeOptionsException">The radio cannot be opened.</exception>
    public static BluetoothSource Make(
        RadioFactory radio, BluetoothOptions options, IDevicePolicy policy, TimeZoneInfo? zone, TimeProvider time, ILogger log) => new(
        radio(options, time, log), policy, new ConnectionSlots(options.ConnectionSlots),
        new SessionSettings(BluetoothTiming.Of(options), options.SetClocks, zone), time, log);

    public async Task RunAsync(IMeasurementSink sink, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var visiting = ending.Token;
        void Heard(BluetoothAdvertisement advertisement) => Take(advertisement, sink, visiting);
        var stopped = new TaskCompletionSource();
        await using var stopping = cancellationToken.Register(stopped.SetResult).ConfigureAwait(false);
        using var radio = new CancellationTokenSource();
        central.DeviceAdvertised += Heard;
        var reporting = policy.ReportAsync(central, slots, radio.Token);
        var running = central.RunAsync(HealthServices.Uuids, radio.Token);
        await Task.WhenAny(running, stopped.Task, _fault.Task).ConfigureAwait(false);
        central.DeviceAdvertised -= Heard;
        await ending.CancelAsync().ConfigureAwait(false);

        // The radio last: the devices are to be let go, and what they have sent is to be delivered.
        await Task.WhenAll(_visits.Values.Select(visit => visit.Running)).ConfigureAwait(false);
        await radio.CancelAsync().ConfigureAwait(false);
        await reporting.ConfigureAwait(false);
        try
        {
            await running.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (_fault.Task.IsFaulted)
            await _fault.Task.ConfigureAwait(false);
    }

    private void Take(BluetoothAdvertisement advertisement, IMeasurementSink sink, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested || !HealthServices.NamesOf(advertisement.Services).Any())
            return;
        policy.Heard(advertisement);
        if (_visits.TryGetValue(advertisement.Address.Bits, out var present) && present.TryNoteHeard())
            return;
        if (policy.RuleOf(advertisement) is null)
            return;
        var visit = new Visit();
        if (_visits.TryAdd(advertisement.Address.Bits, visit))
            visit.Running = Task.Run(() => VisitAsync(advertisement, visit, sink, cancellationToken), CancellationToken.None);
    }

    private async Task VisitAsync(BluetoothAdvertisement advertisement, Visit visit, IMeasurementSink sink, CancellationToken cancellationToken)
    {
        var backoff = new DeviceBackoff(settings.Timing.LongestPause);
        try
        {
            while (true)
            {
                visit.ForgetHeard();
                var rule = policy.RuleOf(advertisement);
                if (rule is not null && await TryAsync(advertisement, rule, visit, backoff, sink, cancellationToken).ConfigureAwait(false) is { } pause)
                    await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
                if ((rule is null || backoff.Failures is 0 or > BlindTries) && visit.TryEnd(() => _visits.TryRemove(advertisement.Address.Bits, out _)))
                    return;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _visits.TryRemove(advertisement.Address.Bits, out _);
        }
        catch (Exception e)
        {
            // No fault of the device: it would never be visited again, and nobody be told.
            _fault.TrySetException(e);
        }
    }

    /// <summary>One try.</summary>
    /// <returns>The pause before another one; null if it is done.</returns>
    private async Task<TimeSpan?> TryAsync(
        BluetoothAdvertisement advertisement, DeviceRule rule, Visit visit, DeviceBackoff backoff, IMeasurementSink sink, CancellationToken cancellationToken)
    {
        var address = advertisement.Address;
        policy.Note(address, null, "waiting for a connection");
        using var slot = await slots.LeaseAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            policy.Note(address, null, "connecting");
            await using var device = await ConnectAsync(address, backoff.Failures > 0, cancellationToken).ConfigureAwait(false);

            // What was heard up to here was before the connection.
            visit.ForgetHeard();
            var session = new DeviceSession(device, rule, settings, _memory, state => policy.Note(address, null, state), time, log);
            policy.Note(address, null, "connected");
            var outcome = await session.RunAsync(
                sink, () => slots.Waiting > 0, () => policy.RuleOf(advertisement) != rule, cancellationToken).ConfigureAwait(false);
            Log.DeviceDisconnected(log, address, $"{outcome}", session.Values);
            policy.Note(address, session.ServiceId, "in sight");

            // One that has nothing to send but goes on advertising, or connects and drops, is not taken up again at once.
            if (outcome == SessionOutcome.DeviceLeft && session.Values == 0)
                return backoff.Failed();
            backoff.Succeeded();
            return outcome == SessionOutcome.Idle ? settings.Timing.Idle : null;
        }
        catch (BluetoothException e)
        {
            // One failure may be of the moment, and a meter is awake for half a minute; two in a row look like a bond that is lost.
            var wantsPairing = e.Fault == BluetoothFault.NeedsPairing || (e.Fault == BluetoothFault.BondRefused && backoff.Failures > 0);
            var pause = wantsPairing || e.Fault == BluetoothFault.NotSupported ? backoff.FailedForLong() : backoff.Failed();
            var message = wantsPairing ? $"{e.Message.TrimEnd('.')}. Pair it: dwapi-edge pair {address}." : $"{e.Message.TrimEnd('.')}.";
            Log.DeviceFailed(log, address, message, pause);
            policy.Note(address, null, $"failed: {message}");
            return pause;
        }
    }

    private async Task<IBluetoothDevice> ConnectAsync(BluetoothAddress address, bool pauseScan, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(settings.Timing.LongestConnect, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await central.ConnectAsync(address, pauseScan, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BluetoothException(BluetoothFault.TimedOut, $"no connection with services within {settings.Timing.LongestConnect.TotalSeconds:0} s", e);
        }
    }

    /// <summary>A device that is being dealt with.</summary>
    private sealed class Visit
    {
        private readonly Lock _lock = new();
        private bool _heard;
        private bool _ended;

        public Task Running { get; set; } = Task.CompletedTask;

        /// <summary>It is heard, also while it is connected or being tried.</summary>
        /// <returns>False if the visit has ended: a new one is due.</returns>
        public bool TryNoteHeard()
        {
            lock (_lock)
            {
                _heard = true;
                return !_ended;
            }
        }

        public void ForgetHeard()
        {
            lock (_lock)
                _heard = false;
        }

        /// <summary>Ends the visit, unless the device was heard again.</summary>
        public bool TryEnd(Action end)
        {
            lock (_lock)
            {
                if (_heard)
                    return false;
                _ended = true;
                end();
                return true;
            }
        }
    }
}
