namespace Dwapi.Gotapi.Frames;

/// <summary>The one table of limits of the plug-in link (GotAPI-4). What exceeds one is refused at the door with its reason.</summary>
public static class LinkLimits
{
    /// <summary>Path of the link on the server.</summary>
    public const string Path = "/gotapi/plugin";

    /// <summary>Largest frame after WELCOME, bytes.</summary>
    public const int MaxFrameBytes = 1024 * 1024;

    /// <summary>Largest frame before WELCOME, bytes: nothing but HELLO comes there.</summary>
    public const int MaxHelloBytes = 8 * 1024;

    /// <summary>Most items in an EVENTS frame.</summary>
    public const int MaxItems = 1_000;

    /// <summary>Largest EVENTS frame, bytes.</summary>
    public const int MaxItemsBytes = 256 * 1024;

    /// <summary>Largest quantities slice, bytes.</summary>
    public const int MaxQuantitiesBytes = 16 * 1024;

    /// <summary>Largest device slice, bytes.</summary>
    public const int MaxDeviceBytes = 8 * 1024;

    /// <summary>Deepest nesting of a frame.</summary>
    public const int MaxDepth = 16;

    /// <summary>Deepest nesting inside a slice.</summary>
    public const int MaxSliceDepth = 8;

    /// <summary>Most members of one object inside a slice.</summary>
    public const int MaxMembers = 64;

    /// <summary>Longest member of the device object or text of a quantity, bytes.</summary>
    public const int MaxTextBytes = 512;

    /// <summary>Longest service id, edge id, epoch, profile, interface or attribute, characters.</summary>
    public const int MaxIdLength = 128;

    /// <summary>Longest name, manufacturer, version or product, characters.</summary>
    public const int MaxNameLength = 256;

    /// <summary>Longest key, client id, access token, origin or package, characters.</summary>
    public const int MaxTokenLength = 1024;

    /// <summary>Longest error message or parameter value, characters.</summary>
    public const int MaxValueLength = 16 * 1024;

    /// <summary>Most parameters of a request.</summary>
    public const int MaxParameters = 128;

    /// <summary>Most services in a frame.</summary>
    public const int MaxServices = 1_000;

    /// <summary>Most scopes, profiles or attributes of a service.</summary>
    public const int MaxScopes = 64;

    /// <summary>HELLO has to come within this time after the upgrade (DECISIONS 29).</summary>
    public static readonly TimeSpan HelloWithin = TimeSpan.FromSeconds(5);
}
