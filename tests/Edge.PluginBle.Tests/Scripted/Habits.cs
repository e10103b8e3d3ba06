namespace Dwapi.Edge.PluginBle.Tests.Scripted;

/// <summary>Whose ways the scripted platform has: what each platform of Plugin.BLE 3.2 does differently behind the same interface.</summary>
public enum Habits
{
    /// <summary>
    /// Filters by all services at once, gives lists of UUIDs as they were sent, throws texts instead of codes, does not listen when a connection
    /// is cancelled, does not tell its end, and takes a device that it still has on its list for connected.
    /// </summary>
    Windows,

    /// <summary>Gives ATT errors as codes, calls a connection that the device ended a requested end, and lists devices by address.</summary>
    Android,

    /// <summary>Hides addresses, tells the answer to a read as an update too, and cannot be asked to pair.</summary>
    Apple,
}
