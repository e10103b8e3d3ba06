using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Bluetooth.BlueZ;
using Dwapi.Edge.DBus;
using Dwapi.Edge.Signals;
using Dwapi.Edge.Sources.Bluetooth;
using Dwapi.Edge.Sources.Bluetooth.Devices;
using Dwapi.Edge.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dwapi.Edge.Tests.Bluetooth;

/// <summary>The Bluetooth source of an edge in front of the fake bluetoothd.</summary>
internal sealed class BluetoothWard : IAsyncDisposable
{
    public const string Address = "AA:BB:CC:00:11:22";
    public const string Service = "ble-aabbcc001122";
    public const string Temperature = "006C0100FF";

    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    private BluetoothWard(FakeBlueZ bluez, int slots, BluetoothTiming timing, bool setClocks, TimeProvider radioTime)
    {
        BlueZ = bluez;
        Slots = new ConnectionSlots(slots);
        Central = new BlueZCentral(DBusAddress.Parse(bluez.Bus.Address), null, radioTime, NullLogger.Instance);
        Source = new BluetoothSource(
            Central, Policy, Slots, new SessionSettings(timing, setClocks, TimeZoneInfo.Utc), TimeProvider.System, NullLogger.Instance);
    }

    public FakeBlueZ BlueZ { get; }

    public BlueZCentral Central { get; }

    public BluetoothSource Source { get; }

    public RecordingSink Sink { get; } = new();

    public ConnectionSlots Slots { get; }

    public StatePolicy Policy { get; } = new();

    public static async Task<BluetoothWard> StartAsync(
        int slots = 3, BluetoothTiming? timing = null, bool setClocks = false, TimeProvider? radioTime = null, bool startable = false)
    {
        var ward = new BluetoothWard(
            await FakeBlueZ.StartAsync(startable: startable), slots, timing ?? new BluetoothTiming(), setClocks, radioTime ?? TimeProvider.System);
        ward._running = ward.Source.RunAsync(ward.Sink, ward._stop.Token);
        await ward.OnAsync();
        return ward;
    }

    /// <summary>Waits until the radio is on.</summary>
    public Task OnAsync(BluetoothState state = BluetoothState.On) => UntilAsync(() => Central.State == state);

    /// <summary>Waits until the state of the radio is such.</summary>
    public async Task UntilAsync(Func<bool> isSo)
    {
        var changed = new Pulse();
        Central.StateChanged += changed.Raise;
        while (true)
        {
            var next = changed.Next;
            if (isSo())
                return;
            await next.WaitAsync(Patience.Token);
        }
    }

    /// <summary>A thermometer, not yet in sight; its paths.</summary>
    public async Task<(string Device, string Measurement)> ThermometerAsync(string address = Address, string name = "Thermo One")
    {
        var device = await BlueZ.AddDeviceAsync(address, name);
        return (device, await BlueZ.AddCharacteristicAsync(await BlueZ.AddServiceAsync(device, 0x1809), 0x2A1C, "indicate"));
    }

    /// <summary>A heart rate monitor, not yet in sight; its paths.</summary>
    public async Task<(string Device, string Measurement, string ControlPoint)> HeartRateMonitorAsync(bool countsEnergy = true)
    {
        var device = await BlueZ.AddDeviceAsync(Address, "Belt");
        var service = await BlueZ.AddServiceAsync(device, 0x180D);
        var measurement = await BlueZ.AddCharacteristicAsync(service, 0x2A37, "notify");
        return (device, measurement, countsEnergy ? await BlueZ.AddCharacteristicAsync(service, 0x2A39, "write") : "");
    }

    /// <summary>Brings a device into sight and waits until it is subscribed to.</summary>
    public async Task SubscribedAsync(string device, string measurement, ushort service = 0x1809)
    {
        var subscribed = BlueZ.NextCallAsync(measurement, "StartNotify");
        await BlueZ.AdvertiseAsync(device, service);
        await subscribed;
    }

    /// <summary>Stops the source; no slot may be left over.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        Assert.Equal((0, 0), (Slots.Used, Slots.Waiting));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await BlueZ.DisposeAsync();
    }

    /// <summary>Connects to everything, and tells what happens.</summary>
    public sealed class StatePolicy() : WatchPolicy([])
    {
        private readonly Pulse _changed = new();
        private string _states = "";
        private volatile DeviceRule? _rule;

        /// <summary>What the operator says of every device.</summary>
        public DeviceRule? Rule
        {
            get => _rule;
            set => _rule = value;
        }

        public override DeviceRule? RuleOf(BluetoothAdvertisement advertisement) => _rule ?? base.RuleOf(advertisement);

        public override void Note(BluetoothAddress address, string? serviceId, string state)
        {
            lock (_changed)
                _states += $"{state}\n";
            _changed.Raise();
        }

        public async Task ReachAsync(string state)
        {
            while (true)
            {
                var next = _changed.Next;
                lock (_changed)
                {
                    if (_states.Contains(state, StringComparison.Ordinal))
                        return;
                }

                await next.WaitAsync(Patience.Token);
            }
        }
    }
}
