using Dwapi.Edge.DBus;
using Dwapi.Edge.Signals;
using Microsoft.Extensions.Logging;

namespace Dwapi.Edge.Bluetooth.BlueZ;

/// <summary>The radio of a Linux machine, driven by bluetoothd over the system bus.</summary>
/// <param name="bus">Address of the bus.</param>
/// <param name="adapterName">The adapter, for example <c>hci0</c>; null for the first.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where to.</param>
internal sealed class BlueZCentral(DBusAddress bus, string? adapterName, TimeProvider time, ILogger log) : IBluetoothCentral
{
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(5);

    // A restart by its service manager takes less. Shorter than the pause, after which it is looked at.
    private static readonly TimeSpan LongestRestart = TimeSpan.FromSeconds(4);

    // A device that is still there is connected to within some of its advertisements; one that has gone must not keep the others from being heard.
    private static readonly TimeSpan ScanPauseOfFirstTry = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LongScanPause = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestAbsence = TimeSpan.FromSeconds(60);

    private readonly Pulse _changed = new();
    private readonly Pulse _heard = new();
    private IReadOnlyCollection<Guid> _services = [];
    private BlueZSession? _session;
    private BlueZObject? _adapter;
    private BlueZObject? _scanning;
    private BlueZObject? _poweredOnce;
    private int _pauses;
    private long? _unownedSince;
    private bool _askedForStart;

    public BluetoothState State { get; private set; }

    public string? Problem { get; private set; } = "Bluetooth is being started, and bluetoothd has not answered yet. systemctl status bluetooth tells how it is.";

    public event Action? StateChanged;

    public event Action<BluetoothAdvertisement>? DeviceAdvertised;

    public async Task RunAsync(IReadOnlyCollection<Guid> services, CancellationToken cancellationToken)
    {
        _services = services;
        var failed = (DBusException e) => Tell(BluetoothState.Unavailable, e.Message);
        try
        {
            await new DBusBus(bus, time, failed).RunAsync(RunSessionAsync, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            (Problem, State) = ("Bluetooth is stopped.", BluetoothState.Unavailable);
            StateChanged?.Invoke();
        }
    }

    public async Task<IBluetoothDevice> ConnectAsync(BluetoothAddress address, bool pauseScan, CancellationToken cancellationToken)
    {
        var (session, device) = Find(address);

        // While it scans, the kernel lets the adapter tell of each device once; it waits for the next time to connect, which comes after 10 s or more.
        using var pause = new ScanPause(this, time, pauseScan ? LongScanPause : ScanPauseOfFirstTry);
        await StopScanAsync(session, cancellationToken).ConfigureAwait(false);
        return await BlueZDevice.ConnectAsync(session, device, time, cancellationToken).ConfigureAwait(false);
    }

    public async Task<BluetoothAddress> PairAsync(BluetoothAddress address, IPairingDialog dialog, CancellationToken cancellationToken)
    {
        var (session, device) = Find(address);
        if (device.Is(BlueZNames.Device, "Paired"))
            device = await ForgetBondAsync(session, device, address, cancellationToken).ConfigureAwait(false);
        var wasConnected = BlueZDevice.IsConnected(device);

        // It begins with a connect.
        using var pause = new ScanPause(this, time, LongScanPause);
        await StopScanAsync(session, cancellationToken).ConfigureAwait(false);
        try
        {
            await using var agent = await BlueZAgent.RegisterAsync(session, dialog, cancellationToken).ConfigureAwait(false);
            await session.CallAsync(device.Path, BlueZNames.Pair, cancellationToken).ConfigureAwait(false);

            // Trusted: it may come back by itself, and bluetoothd does not forget it when it was not heard for a while.
            await session.CallAsync(device.Path, BlueZNames.SetProperty, cancellationToken, BlueZNames.Device, "Trusted", DBusVariant.Of(true))
                .ConfigureAwait(false);
            return BlueZAdvertisement.AddressOf(device);
        }
        finally
        {
            // bluetoothd stays connected, and a connected device is not heard by who is to read it.
            if (!wasConnected)
                await BlueZDevice.LetGoAsync(session, device, time).ConfigureAwait(false);
        }
    }

    // Who pairs a device again has reset it: bluetoothd would refuse (AlreadyExists), and its old key would not fit.
    private async Task<BlueZObject> ForgetBondAsync(BlueZSession session, BlueZObject device, BluetoothAddress address, CancellationToken cancellationToken)
    {
        await session.CallAsync(
            device.Path[..device.Path.LastIndexOf('/')], BlueZNames.RemoveDevice, cancellationToken, new DBusPath(device.Path)).ConfigureAwait(false);
        using var limit = new CancellationTokenSource(LongestAbsence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            while (true)
            {
                var heard = _heard.Next;
                if (DeviceOf(session, address) is { } again && again != device)
                    return again;
                await heard.WaitAsync(either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BluetoothException(
                BluetoothFault.Gone,
                "its old bond is removed, but it is not heard. Bring it into its pairing mode and try again: dwapi-edge scan shows its address, which may be another one now",
                e);
        }
    }

    private async Task RunSessionAsync(DBusConnection connection, CancellationToken cancellationToken)
    {
        var session = new BlueZSession(connection);
        session.Objects.Changed += Note;
        session.Objects.Removed += Forget;
        try
        {
            await connection.ListenAsync(BlueZNames.OwnerChanged, _ => _changed.Raise(), cancellationToken).ConfigureAwait(false);
            await session.Objects.ListenAsync(connection, cancellationToken).ConfigureAwait(false);
            while (!connection.Closed.IsCompleted)
            {
                var changed = _changed.Next;
                if (await SettleAsync(session, cancellationToken).ConfigureAwait(false))
                    await Task.WhenAny(changed, connection.Closed).WaitAsync(cancellationToken).ConfigureAwait(false);
                else
                    await Task.WhenAny(changed, Task.Delay(PauseAfterFault, time, cancellationToken), connection.Closed).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            (_session, _adapter, _scanning) = (null, null, null);
            session.Objects.Clear();
            if (!cancellationToken.IsCancellationRequested)
                Tell(BluetoothState.Unavailable, "The bus hung up.");
        }
    }

    /// <summary>Brings things to where they should be.</summary>
    /// <returns>False to try again after a while.</returns>
    private async Task<bool> SettleAsync(BlueZSession session, CancellationToken cancellationToken)
    {
        var owner = await session.Connection.OwnerOfAsync(BlueZNames.Service, cancellationToken).ConfigureAwait(false);
        if (owner is not null)
            (_unownedSince, _askedForStart) = (null, false);
        else
            await MissOwnerAsync(session, cancellationToken).ConfigureAwait(false);
        if (owner != session.Objects.Owner)
        {
            (_session, _adapter, _scanning, _poweredOnce) = (null, null, null, null);
            session.Objects.Clear();
            if (owner is not null)
                await session.Objects.LoadAsync(session.Connection, owner, cancellationToken).ConfigureAwait(false);
        }

        _session = session;
        _adapter = session.Objects.All.Where(known => known.Has(BlueZNames.Adapter) && IsWanted(known))
            .MinBy(known => known.Path, StringComparer.Ordinal);
        try
        {
            return await UseAsync(session, owner, cancellationToken).ConfigureAwait(false);
        }
        catch (BluetoothException e)
        {
            Log.BluetoothFault(log, e.Message);
            return false;
        }
    }

    // Nobody else brings one back that crashed. Not at once, and only once: who restarts it is not to be crossed.
    private async Task MissOwnerAsync(BlueZSession session, CancellationToken cancellationToken)
    {
        _unownedSince ??= time.GetTimestamp();
        if (_askedForStart || time.GetElapsedTime(_unownedSince.Value) < LongestRestart)
            return;
        _askedForStart = true;
        await session.Connection.StartServiceAsync(BlueZNames.Service, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> UseAsync(BlueZSession session, string? owner, CancellationToken cancellationToken)
    {
        if (owner is null || _adapter is not { } adapter)
        {
            Tell(
                BluetoothState.Unavailable,
                owner is null ? "bluetoothd does not run. Start it: systemctl start bluetooth."
                : adapterName is null ? "There is no Bluetooth adapter. Plug one in."
                : $"There is no Bluetooth adapter {adapterName}. bluetoothctl list shows those there are.");
            return owner is not null || _askedForStart;
        }

        if (!adapter.Is(BlueZNames.Adapter, "Powered"))
        {
            _scanning = null;
            Tell(BluetoothState.Off, "The Bluetooth adapter has no power. Switch it on: rfkill unblock bluetooth, bluetoothctl power on.");

            // Once, at the start: who switches it off afterwards means it.
            if (_poweredOnce == adapter)
                return true;
            _poweredOnce = adapter;
            await session.CallAsync(adapter.Path, BlueZNames.SetProperty, cancellationToken, BlueZNames.Adapter, "Powered", DBusVariant.Of(true))
                .ConfigureAwait(false);
            return true;
        }

        _poweredOnce = adapter;
        Tell(BluetoothState.On, null);
        if (_scanning != adapter && Volatile.Read(ref _pauses) == 0)
        {
            await StartScanAsync(session, adapter, cancellationToken).ConfigureAwait(false);

            // A connection that was asked for meanwhile did not see it.
            if (Volatile.Read(ref _pauses) > 0)
                await StopScanAsync(session, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private async Task StartScanAsync(BlueZSession session, BlueZObject adapter, CancellationToken cancellationToken)
    {
        // Filters of all programs are merged by bluetoothd: who gets the advertisements looks at the services again.
        var filter = new Dictionary<object, object> { ["Transport"] = DBusVariant.Of("le"), ["DuplicateData"] = DBusVariant.Of(true) };
        if (_services.Count > 0)
            filter["UUIDs"] = DBusVariant.Of(_services.Select(uuid => uuid.ToString()));
        await session.CallAsync(adapter.Path, BlueZNames.SetDiscoveryFilter, cancellationToken, filter).ConfigureAwait(false);
        await session.CallAsync(adapter.Path, BlueZNames.StartDiscovery, cancellationToken).ConfigureAwait(false);
        _scanning = adapter;

        // What was heard before, by another program's scan or before a restart of ours.
        foreach (var device in session.Objects.All)
            Advertise(device);
    }

    private async Task StopScanAsync(BlueZSession session, CancellationToken cancellationToken)
    {
        if (_scanning is not { } adapter)
            return;
        _scanning = null;
        try
        {
            await session.CallAsync(adapter.Path, BlueZNames.StopDiscovery, cancellationToken).ConfigureAwait(false);
        }
        catch (BluetoothException)
        {
            // It was not scanning any more.
        }
    }

    private (BlueZSession Session, BlueZObject Device) Find(BluetoothAddress address)
    {
        if (State != BluetoothState.On || _session is not { } session)
            throw new BluetoothException(BluetoothFault.NotReady, Problem ?? "Bluetooth is not ready.");
        return DeviceOf(session, address) is { } device
            ? (session, device) : throw new BluetoothException(BluetoothFault.Gone, $"{address} is not in sight.");
    }

    private BlueZObject? DeviceOf(BlueZSession session, BluetoothAddress address) => session.Objects.All.FirstOrDefault(
        known => IsBelowAdapter(known) && known.Has(BlueZNames.Device) && BlueZAdvertisement.AddressOf(known).Bits == address.Bits);

    private bool IsBelowAdapter(BlueZObject known) => _adapter?.IsAbove(known.Path) == true;

    private bool IsWanted(BlueZObject adapter) => adapterName is null || adapter.Path == $"{BlueZNames.ManagerPath}/{adapterName}";

    private void Note(BlueZObject changed, string @interface, Dictionary<object, object> properties)
    {
        if (@interface == BlueZNames.Adapter)
            _changed.Raise();
        else if (@interface == BlueZNames.Device
            && (properties.ContainsKey("RSSI") || (properties.ContainsKey("Connected") && BlueZDevice.IsConnected(changed))))
            Advertise(changed);
    }

    private void Forget(BlueZObject removed)
    {
        if (removed == _adapter)
            _changed.Raise();
    }

    private void Advertise(BlueZObject device)
    {
        if (_scanning is null || _session is not { } session || !IsBelowAdapter(device) || !IsInSight(session, device)
            || BlueZAdvertisement.Of(device) is not { } advertisement)
        {
            return;
        }

        DeviceAdvertised?.Invoke(advertisement);
        _heard.Raise();
    }

    // No signal strength: bluetoothd remembers it, but does not hear it now. One that is connected is not heard either, as the one that an edge
    // held that was killed: it can be used all the same.
    private static bool IsInSight(BlueZSession session, BlueZObject device) => BlueZDevice.IsConnected(device)
        ? !session.Holds(device) : device.Get(BlueZNames.Device, "RSSI") is not null;

    private void Tell(BluetoothState state, string? problem)
    {
        if (state == State && problem == Problem)
            return;

        // In this order: who sees the state finds its reason.
        (Problem, State) = (problem, state);
        Log.BluetoothState(log, state == BluetoothState.On ? LogLevel.Information : LogLevel.Warning, state, problem ?? "");
        StateChanged?.Invoke();
    }

    /// <summary>No scanning while it lasts, and not longer than it may.</summary>
    private sealed class ScanPause : IDisposable
    {
        private readonly BlueZCentral _central;
        private readonly ITimer _end;
        private int _ended;

        public ScanPause(BlueZCentral central, TimeProvider time, TimeSpan longest)
        {
            _central = central;
            Interlocked.Increment(ref central._pauses);
            _end = time.CreateTimer(_ => End(), null, longest, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            _end.Dispose();
            End();
        }

        private void End()
        {
            if (Interlocked.Exchange(ref _ended, 1) != 0)
                return;
            Interlocked.Decrement(ref _central._pauses);
            _central._changed.Raise();
        }
    }
}
