using Dwapi.Edge.DBus;

namespace Dwapi.Edge.Bluetooth.BlueZ;

/// <summary>Names of bluetoothd on the bus: services, interfaces, methods and signals (BlueZ 5).</summary>
internal static class BlueZNames
{
    public const string Service = "org.bluez";
    public const string Adapter = "org.bluez.Adapter1";
    public const string Device = "org.bluez.Device1";
    public const string Battery = "org.bluez.Battery1";
    public const string GattService = "org.bluez.GattService1";
    public const string Characteristic = "org.bluez.GattCharacteristic1";
    public const string Agent = "org.bluez.Agent1";
    public const string ManagerPath = "/org/bluez";

    private const string ObjectManager = "org.freedesktop.DBus.ObjectManager";
    private const string Properties = "org.freedesktop.DBus.Properties";
    private const string AgentManager = "org.bluez.AgentManager1";

    public static readonly DBusMethod GetManagedObjects = new(ObjectManager, "GetManagedObjects", "", "a{oa{sa{sv}}}");
    public static readonly DBusMethod SetProperty = new(Properties, "Set", "ssv");
    public static readonly DBusMethod SetDiscoveryFilter = new(Adapter, "SetDiscoveryFilter", "a{sv}");
    public static readonly DBusMethod StartDiscovery = new(Adapter, "StartDiscovery");
    public static readonly DBusMethod StopDiscovery = new(Adapter, "StopDiscovery");
    public static readonly DBusMethod Connect = new(Device, "Connect");
    public static readonly DBusMethod Disconnect = new(Device, "Disconnect");
    public static readonly DBusMethod RemoveDevice = new(Adapter, "RemoveDevice", "o");
    public static readonly DBusMethod Pair = new(Device, "Pair");
    public static readonly DBusMethod ReadValue = new(Characteristic, "ReadValue", "a{sv}", "ay");
    public static readonly DBusMethod WriteValue = new(Characteristic, "WriteValue", "aya{sv}");
    public static readonly DBusMethod StartNotify = new(Characteristic, "StartNotify");
    public static readonly DBusMethod StopNotify = new(Characteristic, "StopNotify");
    public static readonly DBusMethod RegisterAgent = new(AgentManager, "RegisterAgent", "os");
    public static readonly DBusMethod UnregisterAgent = new(AgentManager, "UnregisterAgent", "o");

    public static readonly DBusMatch InterfacesAdded = new(Service, ObjectManager, "InterfacesAdded");
    public static readonly DBusMatch InterfacesRemoved = new(Service, ObjectManager, "InterfacesRemoved");
    public static readonly DBusMatch PropertiesChanged = new(Service, Properties, "PropertiesChanged");
    public static readonly DBusMatch OwnerChanged = new("org.freedesktop.DBus", "org.freedesktop.DBus", "NameOwnerChanged", Service);
}
