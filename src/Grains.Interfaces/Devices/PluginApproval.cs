namespace Dwapi.Grains.Devices;

/// <summary>How a plug-in approves applications (createClient and requestAccessToken on GotAPI-4).</summary>
[GenerateSerializer, Alias("Dwapi.PluginApproval")]
public enum PluginApproval
{
    /// <summary>Every application that the server approved; the plug-in is not asked, so an offline edge does not block a one-shot (DECISIONS 5).</summary>
    Automatic = 0,

    /// <summary>The plug-in is asked once per client and service.</summary>
    Ask = 1,
}
