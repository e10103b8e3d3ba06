using System.Diagnostics;
using Dwapi.Edge.DBus;
using Dwapi.Edge.Tests.Support;

namespace Dwapi.Edge.Tests.Bluetooth;

/// <summary>
/// bluetoothd as python3-dbusmock plays it (template bluez5), on a bus of its own. What the template lacks is added through its own
/// interface: GATT objects, their announcement, and a Connect that ends in resolved services.
/// </summary>
internal sealed class FakeBlueZ : IAsyncDisposable
{
    private const string Python = "/usr/bin/python3";
    private const string Adapter = "/org/bluez/hci0";
    private const string Mock = "org.freedesktop.DBus.Mock";
    private static readonly string[] Arguments = ["-m", "dbusmock", "--system", "--template", "bluez5", "--logfile", "/dev/null"];

    private const string Base = "-0000-1000-8000-00805f9b34fb";

    /// <summary>Gives an object a method: interface, name, signatures of what it takes and returns, and lines of Python.</summary>
    public static readonly DBusMethod AddMethod = new(Mock, "AddMethod", "sssss");

    private static readonly DBusMethod AddAdapter = new("org.bluez.Mock", "AddAdapter", "ss", "s");
    private static readonly DBusMethod RemoveAdapter = new("org.bluez.Mock", "RemoveAdapter", "s");
    private static readonly DBusMethod AddDevice = new("org.bluez.Mock", "AddDevice", "sss", "s");
    private static readonly DBusMethod AddObject = new(Mock, "AddObject", "ssa{sv}a(ssss)");
    private static readonly DBusMethod UpdateProperties = new(Mock, "UpdateProperties", "sa{sv}");
    private static readonly DBusMethod EmitSignal = new(Mock, "EmitSignal", "sssav");
    private static readonly DBusMethod GetMethodCalls = new(Mock, "GetMethodCalls", "s", "a(tav)");
    private static readonly DBusMatch Called = new("org.bluez", Mock, "MethodCalled");
    private static readonly DBusMatch OwnerChanged = new("org.freedesktop.DBus", "org.freedesktop.DBus", "NameOwnerChanged", "org.bluez");

    private readonly Dictionary<string, int> _objects = [];
    private readonly Lock _lock = new();
    private readonly List<(string Path, string Method, TaskCompletionSource Called)> _awaited = [];
    private readonly List<string> _calls = [];
    private Process? _daemon;
    private DBusConnection _control = null!;

    private FakeBlueZ(PrivateBus bus) => Bus = bus;

    public PrivateBus Bus { get; }

    /// <summary>Every call so far, in order: <c>PATH METHOD</c>.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_lock)
                return [.. _calls];
        }
    }

    /// <summary>Starts it; the test is skipped where it is not installed.</summary>
    /// <param name="adapter">False for one without an adapter.</param>
    /// <param name="startable">True if the bus can start another one.</param>
    public static async Task<FakeBlueZ> StartAsync(bool adapter = true, bool startable = false)
    {
        Assert.SkipUnless(File.Exists("/usr/lib/python3/dist-packages/dbusmock/templates/bluez5.py"), "python3-dbusmock is not installed (Debian package)");
        var fake = new FakeBlueZ(await PrivateBus.StartAsync(startable ? ("org.bluez", $"{Python} {string.Join(' ', Arguments)}") : null));
        fake._control = await fake.Bus.ConnectAsync();
        await fake._control.ListenAsync(Called, fake.NoteCall, Patience.Token);
        await fake.StartDaemonAsync();
        if (adapter)
            await fake.AddAdapterAsync();
        return fake;
    }

    public async Task AddAdapterAsync()
    {
        await CallAsync("/", AddAdapter, "hci0", "edge-host");

        // A scan hears who is advertising; at its end bluetoothd does not know any more how strong anything was.
        await CallAsync(Adapter, AddMethod, "org.bluez.Adapter1", "StartDiscovery", "", "", """
            for path in getattr(objects['/'], 'advertising', []):
                if not objects[path].GetMethodCalls('Connect'):
                    objects[path].EmitSignal('org.freedesktop.DBus.Properties', 'PropertiesChanged', 'sa{sv}as',
                        ['org.bluez.Device1', {'RSSI': dbus.Int16(-79, variant_level=1)}, []])
            """);
        await CallAsync(Adapter, AddMethod, "org.bluez.Adapter1", "StopDiscovery", "", "", """
            for path, known in objects.items():
                if path.startswith('/org/bluez/hci0/dev_') and path.count('/') == 4:
                    known.EmitSignal('org.freedesktop.DBus.Properties', 'PropertiesChanged', 'sa{sv}as', ['org.bluez.Device1', {}, ['RSSI']])
            """);
    }

    public Task RemoveAdapterAsync() => CallAsync("/", RemoveAdapter, "hci0");

    public Task SetPowerAsync(bool on) => UpdateAsync(Adapter, "org.bluez.Adapter1", "Powered", "b", on);

    /// <summary>bluetoothd crashes, with everything in it.</summary>
    public async Task KillDaemonAsync()
    {
        if (_daemon is not { } daemon)
            return;
        _daemon = null;
        daemon.Kill();
        await daemon.WaitForExitAsync(Patience.Token);
        daemon.Dispose();
        _objects.Clear();
    }

    public async Task StartDaemonAsync()
    {
        var owned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _control.ListenAsync(OwnerChanged, signal => _ = (string)signal.ReadBody("sss")[2] == "" || owned.TrySetResult(), Patience.Token);
        _daemon = Process.Start(new ProcessStartInfo(Python, Arguments)
        {
            Environment = { [DBusAddress.SystemVariable] = Bus.Address },
        })!;
        await owned.Task.WaitAsync(Patience.Token);

        // The name is there before the template is loaded.
        while (true)
        {
            try
            {
                await CallAsync("/org/bluez", GetMethodCalls, "x");
                return;
            }
            catch (DBusErrorException)
            {
                await Task.Yield();
            }
        }
    }

    /// <summary>A device that can be connected to; it is not heard before <see cref="AdvertiseAsync"/>.</summary>
    public async Task<string> AddDeviceAsync(string address, string name, bool random = false)
    {
        var path = (string)(await CallAsync("/", AddDevice, "hci0", address, name))[0];
        if (random)
            await UpdateAsync(path, "org.bluez.Device1", "AddressType", "s", "random");
        await OnAsync(path, "Connect", Connected);
        await OnAsync(path, "Disconnect", Set("ServicesResolved", false) + Set("Connected", false));
        return path;
    }

    /// <summary>What a method of a device does from now on: lines of Python.</summary>
    public Task OnAsync(string device, string method, string code) => CallAsync(device, AddMethod, "org.bluez.Device1", method, "", "", code);

    /// <summary>A line of Python that changes a property of a device.</summary>
    public static string Set(string property, bool value) => $"self.UpdateProperties('org.bluez.Device1', {{'{property}': dbus.Boolean({value})}})\n";

    /// <summary>Lines of Python by which a connect succeeds.</summary>
    public static string Connected { get; } = Set("Connected", true) + Set("ServicesResolved", true);

    /// <summary>Lines of Python at the beginning of a connect: how many there are at once is counted, see <see cref="PeakAsync"/>.</summary>
    public const string CountIn = "w = objects['/']\nw.now = getattr(w, 'now', 0) + 1\nw.peak = max(getattr(w, 'peak', 0), w.now)\n";

    /// <summary>A line of Python at the end of a connection that was counted.</summary>
    public const string CountOut = "objects['/'].now = objects['/'].now - 1\n";

    /// <summary>A line of Python that fails.</summary>
    public static string Fail(string error) => $"raise dbus.exceptions.DBusException('x', name='{error}')";

    /// <summary>The device advertises a service, which is how it is found.</summary>
    public Task AdvertiseAsync(string device, params ushort[] services) => CallAsync(
        device, UpdateProperties, "org.bluez.Device1", new Dictionary<object, object> { ["UUIDs"] = Uuids(services), ["RSSI"] = new DBusVariant(new DBusSignature("n"), (short)-79) });

    /// <summary>The device goes on advertising until somebody connects to it: each scan hears it.</summary>
    public async Task AdvertiseOnAsync(string device, params ushort[] services)
    {
        await CallAsync("/", AddMethod, "dwapi.Test", "Advertise", "s", "", "objects['/'].advertising = getattr(objects['/'], 'advertising', []) + [args[0]]");
        await CallAsync("/", new DBusMethod("dwapi.Test", "Advertise", "s"), device);
        await AdvertiseAsync(device, services);
    }

    /// <summary>bluetoothd knows the services of a device, and does not hear it.</summary>
    public Task KnowServicesAsync(string device, params ushort[] services) =>
        CallAsync(device, UpdateProperties, "org.bluez.Device1", new Dictionary<object, object> { ["UUIDs"] = Uuids(services) });

    /// <summary>
    /// A subscription to a characteristic fails, and a second passes before it does: bluetoothd answers so when the connection of a device ends that
    /// wants a bond, and nobody was there to be asked for one.
    /// </summary>
    public Task FailLateAsync(string characteristic) => CallAsync(
        characteristic, AddMethod, "org.bluez.GattCharacteristic1", "StartNotify", "", "", """
            import time
            time.sleep(1)
            raise dbus.exceptions.DBusException('Operation failed with ATT error: 0x0e', name='org.bluez.Error.Failed')
            """);

    /// <summary>A device sends one value when it is subscribed to and drops the link, as these devices do; its connections are counted.</summary>
    public Task SendAndDropAsync(string device, string characteristic, string hex) => CallAsync(
        characteristic,
        AddMethod,
        "org.bluez.GattCharacteristic1",
        "StartNotify",
        "",
        "",
        Send(characteristic, hex) + CountOut + $"objects['{device}'].UpdateProperties('org.bluez.Device1', {{'Connected': dbus.Boolean(False)}})\n");

    /// <summary>Most counted connections at once.</summary>
    public async Task<int> PeakAsync()
    {
        await CallAsync("/", AddMethod, "dwapi.Test", "Peak", "", "i", "ret = objects['/'].peak");
        return (int)(await CallAsync("/", new DBusMethod("dwapi.Test", "Peak", "", "i")))[0];
    }

    /// <summary>Removing a device takes its bond; then it is heard again.</summary>
    public Task HearAgainOnceRemovedAsync(string device) => CallAsync(Adapter, AddMethod, "org.bluez.Adapter1", "RemoveDevice", "o", "", $$$"""
        device = dbus.ObjectPath('{{{device}}}')
        known = objects[device].props['org.bluez.Device1']
        known['Paired'] = dbus.Boolean(False)
        heard = {'Address': known['Address'], 'AddressType': known['AddressType'], 'RSSI': known['RSSI'], 'UUIDs': known['UUIDs']}
        objects['/'].EmitSignal('org.freedesktop.DBus.ObjectManager', 'InterfacesRemoved', 'oas', [device, ['org.bluez.Device1']])
        objects['/'].EmitSignal('org.freedesktop.DBus.ObjectManager', 'InterfacesAdded', 'oa{sa{sv}}', [device, {'org.bluez.Device1': heard}])
        """);

    /// <summary>A line of Python by which another object sends a value.</summary>
    public static string Send(string characteristic, string hex) =>
        $"objects['{characteristic}'].UpdateProperties('org.bluez.GattCharacteristic1', {{'Value': dbus.Array(bytes.fromhex('{hex}'), signature='y')}})\n";

    public async Task<string> AddServiceAsync(string device, ushort number)
    {
        var path = $"{device}/service{Next(device):x4}";
        await AddAsync(path, "org.bluez.GattService1", new()
        {
            ["UUID"] = DBusVariant.Of(Uuid(number)),
            ["Primary"] = DBusVariant.Of(true),
            ["Device"] = new DBusVariant(new DBusSignature("o"), new DBusPath(device)),
        });
        return path;
    }

    public async Task<string> AddCharacteristicAsync(string service, ushort number, string flags, byte[]? value = null)
    {
        var path = $"{service}/char{Next(service):x4}";
        const string Notifying = "self.UpdateProperties('org.bluez.GattCharacteristic1', {'Notifying': dbus.Boolean(";
        await AddAsync(
            path,
            "org.bluez.GattCharacteristic1",
            new()
            {
                ["UUID"] = DBusVariant.Of(Uuid(number)),
                ["Service"] = new DBusVariant(new DBusSignature("o"), new DBusPath(service)),
                ["Flags"] = DBusVariant.Of(flags.Split(' ')),
                ["Notifying"] = DBusVariant.Of(false),
                ["Value"] = new DBusVariant(new DBusSignature("ay"), value ?? []),
            },
            ("ReadValue", "a{sv}", "ay", "ret = self.props['org.bluez.GattCharacteristic1']['Value']"),
            ("WriteValue", "aya{sv}", "", ""),
            ("StartNotify", "", "", Notifying + "True)})"),
            ("StopNotify", "", "", Notifying + "False)})"));
        return path;
    }

    /// <summary>The device sends a value: what bluetoothd makes of a notification or an indication.</summary>
    public Task SendAsync(string characteristic, string hex) =>
        UpdateAsync(characteristic, "org.bluez.GattCharacteristic1", "Value", "ay", Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

    /// <summary>Another program on the bus sends everybody what looks like a value of a device.</summary>
    public async Task ImpostorSendsAsync(string characteristic, string hex)
    {
        var code = $$"""
            import dbus, dbus.lowlevel
            bus = dbus.bus.BusConnection('{{Bus.Address}}')
            for name in [n for n in bus.list_names() if n.startswith(':') and n != bus.get_unique_name()]:
                signal = dbus.lowlevel.SignalMessage('{{characteristic}}', 'org.freedesktop.DBus.Properties', 'PropertiesChanged')
                signal.set_destination(name)
                signal.append('org.bluez.GattCharacteristic1', {'Value': dbus.Array(bytes.fromhex('{{hex}}'), signature='y')}, [], signature='sa{sv}as')
                bus.send_message(signal)
            bus.flush()
            bus.get_name_owner('org.bluez')
            """;
        using var impostor = Process.Start(new ProcessStartInfo(Python, ["-c", code]))!;
        await impostor.WaitForExitAsync(Patience.Token);
        Assert.Equal(0, impostor.ExitCode);
    }

    public Task DropAsync(string device) => CallAsync(device, new DBusMethod("org.bluez.Device1", "Disconnect"));

    public Task UpdateAsync(string path, string @interface, string property, string type, object value) => CallAsync(
        path, UpdateProperties, @interface, new Dictionary<object, object> { [property] = new DBusVariant(new DBusSignature(type), value) });

    /// <summary>How often a method of an object was called.</summary>
    public async Task<int> CallsAsync(string path, string method) => ((object[])(await CallAsync(path, GetMethodCalls, method))[0]).Length;

    /// <summary>First arguments, bytes, of the calls of a method.</summary>
    public async Task<IReadOnlyList<byte[]>> ArgumentsAsync(string path, string method) =>
    [
        .. ((object[])(await CallAsync(path, GetMethodCalls, method))[0])
            .Select(call => ((DBusVariant)((object[])((object[])call)[1])[0]).Value as byte[] ?? []),
    ];

    /// <summary>Ends at the next call of a method of an object.</summary>
    public Task NextCallAsync(string path, string method)
    {
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
            _awaited.Add((path, method, called));
        return called.Task.WaitAsync(Patience.Token);
    }

    public Task<object[]> CallAsync(string path, DBusMethod method, params object[] arguments) =>
        _control.CallAsync("org.bluez", path, method, arguments, Patience.Token);

    public async ValueTask DisposeAsync()
    {
        if (_daemon is not null)
            await KillDaemonAsync();
        await _control.DisposeAsync();
        await Bus.DisposeAsync();
    }

    private static DBusVariant Uuids(ushort[] services) => DBusVariant.Of(services.Select(Uuid));

    private static string Uuid(ushort number) => $"0000{number:x4}{Base}";

    private int Next(string parent) => _objects[parent] = _objects.GetValueOrDefault(parent) + 1;

    private void NoteCall(DBusMessage signal)
    {
        // The body holds the arguments in variants; its first string is the method.
        var method = (string)signal.ReadBody("sav")[0];
        lock (_lock)
        {
            _calls.Add($"{signal.Path} {method}");
            foreach (var waiting in _awaited.Where(waiting => waiting.Path == signal.Path && waiting.Method == method).ToList())
            {
                _awaited.Remove(waiting);
                waiting.Called.TrySetResult();
            }
        }
    }

    private async Task AddAsync(string path, string @interface, Dictionary<object, object> properties, params (string, string, string, string)[] methods)
    {
        await CallAsync(
            "/", AddObject, path, @interface, properties, methods.Select(method => (object)new object[] { method.Item1, method.Item2, method.Item3, method.Item4 }).ToArray());
        await CallAsync(
            "/",
            EmitSignal,
            "org.freedesktop.DBus.ObjectManager",
            "InterfacesAdded",
            "oa{sa{sv}}",
            new object[]
            {
                new DBusVariant(new DBusSignature("o"), new DBusPath(path)),
                new DBusVariant(new DBusSignature("a{sa{sv}}"), new Dictionary<object, object> { [@interface] = properties }),
            });
    }
}
