namespace Dwapi.Gotapi.Frames;

/// <summary>How a plug-in approves applications.</summary>
public enum PlugInApproval : byte
{
    /// <summary>Any application that the server has approved: no createClient, no requestAccessToken (our own edges).</summary>
    Automatic = 0,

    /// <summary>The plug-in is asked by createClient and requestAccessToken once per (client, service).</summary>
    Ask = 1,
}
