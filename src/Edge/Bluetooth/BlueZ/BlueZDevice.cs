namespace Dwapi.Edge.Bluetooth.BlueZ;

/// <summary>A device that bluetoothd is connected to.</summary>
internal sealed class BlueZDevice : IBluetoothDevice
{
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(5);

    private readonly BlueZSession _session;
    private readonly BlueZObject _device;
    private readonly TimeProvider _time;
    private readonly List<BlueZCharacteristic> _characteristics;

    private BlueZDevice(BlueZSession session, BlueZObject device, TimeProvider time)
    {
        _session = session;
        _device = device;
        _time = time;
        _characteristics = [.. Find(session, device)];
        Disconnected = Task.WhenAny(device.WaitAsync(() => !IsConnected(device), CancellationToken.None), session.Connection.Closed);
    }

    public BluetoothAddress Address => BlueZAdvertisement.AddressOf(_device);

    public string? Name => BlueZAdvertisement.NameOf(_device);

    public byte? BatteryPercent => _device.Get(BlueZNames.Battery, "Percentage") as byte?;

    public IReadOnlyList<IBluetoothCharacteristic> Characteristics => _characteristics;

    public Task Disconnected { get; }

    /// <summary>Connects and waits until the services are known.</summary>
    /// <exception cref="BluetoothException">It did not work; the device is let go.</exception>
    public static async Task<BlueZDevice> ConnectAsync(BlueZSession session, BlueZObject device, TimeProvider time, CancellationToken cancellationToken)
    {
        var done = false;
        var hasBond = device.Is(BlueZNames.Device, "Paired");
        session.Hold(device);
        try
        {
            await CallConnectAsync(session, device, cancellationToken).ConfigureAwait(false);
            var lost = false;
            var seen = false;

            // Some drop the connection while their services are being found; Connected comes before ServicesResolved, if it comes.
            var known = device.WaitAsync(
                () =>
                {
                    var connected = IsConnected(device);
                    lost = device.IsRemoved || (seen && !connected);
                    seen |= connected;
                    return lost || AreServicesKnown(device);
                },
                cancellationToken);
            if (await Task.WhenAny(known, session.Connection.Closed).ConfigureAwait(false) != known)
                throw new BluetoothException(BluetoothFault.NotReady, "The bus hung up.");
            await known.ConfigureAwait(false);
            if (lost)
                throw new BluetoothException(BluetoothFault.Gone, "The device dropped the connection before its services were known.");
            done = true;
            return new BlueZDevice(session, device, time);
        }
        catch (BluetoothException e) when (hasBond && e.Fault != BluetoothFault.NotReady)
        {
            // So it looks when the device was reset. Linux 6.1.192 falls over that, and bluetoothd with it: not to be tried each second.
            throw new BluetoothException(BluetoothFault.BondRefused, $"{e.Message.TrimEnd('.')}; it has a bond here, which it may have lost", e);
        }
        finally
        {
            // Without it bluetoothd goes on trying for a long while.
            if (!done)
                await LetGoAsync(session, device, time).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _characteristics.ForEach(characteristic => characteristic.Forget());
        if (Disconnected.IsCompleted)
            _session.Release(_device);
        else
            await LetGoAsync(_session, _device, _time).ConfigureAwait(false);
    }

    /// <summary>True if bluetoothd is connected to it, for whomever.</summary>
    /// <remarks>Some releases (5.66 is one) do not tell of Connected when their own socket is connected before the kernel says so.</remarks>
    public static bool IsConnected(BlueZObject device) =>
        !device.IsRemoved && (device.Is(BlueZNames.Device, "Connected") || AreServicesKnown(device));

    /// <summary>Ends the connection of bluetoothd, or its tries.</summary>
    public static async Task LetGoAsync(BlueZSession session, BlueZObject device, TimeProvider time)
    {
        using var limit = new CancellationTokenSource(LongestGoodbye, time);
        try
        {
            await session.CallAsync(device.Path, BlueZNames.Disconnect, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is BluetoothException or OperationCanceledException)
        {
            // It is gone already, or the radio is.
        }
        finally
        {
            session.Release(device);
        }
    }

    private static async Task CallConnectAsync(BlueZSession session, BlueZObject device, CancellationToken cancellationToken)
    {
        try
        {
            await session.CallAsync(device.Path, BlueZNames.Connect, cancellationToken).ConfigureAwait(false);
        }
        catch (BluetoothException) when (IsConnected(device))
        {
            // AlreadyConnected: by the device itself, or by another program.
        }
    }

    private static bool AreServicesKnown(BlueZObject device) => device.Is(BlueZNames.Device, "ServicesResolved");

    private static IEnumerable<BlueZCharacteristic> Find(BlueZSession session, BlueZObject device)
    {
        foreach (var known in session.Objects.All.Where(known => device.IsAbove(known.Path)).OrderBy(known => known.Path, StringComparer.Ordinal))
        {
            if (Guid.TryParse(known.Text(BlueZNames.Characteristic, "UUID"), out var id)
                && known.Text(BlueZNames.Characteristic, "Service") is { } servicePath
                && Guid.TryParse(session.Objects.Find(servicePath)?.Text(BlueZNames.GattService, "UUID"), out var service))
            {
                yield return new BlueZCharacteristic(session, known, id, service);
            }
        }
    }
}
