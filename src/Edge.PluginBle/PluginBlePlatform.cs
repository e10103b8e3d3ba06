namespace Dwapi.Edge.PluginBle;

/// <summary>In what the platforms differ behind the one interface of Plugin.BLE 3.2.</summary>
internal sealed record PluginBlePlatform
{
    /// <summary>Of Windows: a filter of several services passes only packets with all of them, and lists of UUIDs come as they were sent.</summary>
    public static readonly PluginBlePlatform Windows = new() { FilterWantsAll = true, ListsAreLittleEndian = true };

    /// <summary>Of Android: who starts more than five scans in 30 s hears nothing any more.</summary>
    public static readonly PluginBlePlatform Android = new() { BetweenScans = TimeSpan.FromSeconds(7) };

    /// <summary>Of iOS and Mac Catalyst: the answer to a read is told as an update too.</summary>
    public static readonly PluginBlePlatform Apple = new() { ReadsAreUpdates = true };

    /// <summary>The one of this process.</summary>
    public static PluginBlePlatform Current { get; } =
        OperatingSystem.IsWindows() ? Windows
        : OperatingSystem.IsAndroid() ? Android
        : OperatingSystem.IsIOS() || OperatingSystem.IsMacCatalyst() || OperatingSystem.IsMacOS() ? Apple
        : new PluginBlePlatform();

    /// <summary>True if the filter of a scan passes only packets that have all of its services.</summary>
    public bool FilterWantsAll { get; init; }

    /// <summary>True if the lists of UUIDs in advertisements have the order of the air; otherwise each UUID reads from its most significant byte.</summary>
    public bool ListsAreLittleEndian { get; init; }

    /// <summary>True if a characteristic that is read raises <c>ValueUpdated</c> for it.</summary>
    public bool ReadsAreUpdates { get; init; }

    /// <summary>Shortest time between the starts of two scans.</summary>
    public TimeSpan BetweenScans { get; init; }
}
