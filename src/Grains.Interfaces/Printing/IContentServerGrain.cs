using Orleans.Concurrency;

namespace Dwapi.Grains.Printing;

/// <summary>
/// One content server of a tenant, key <c>tenant/contentServerId</c> (3DP-2, DECISIONS 32). Long-lived credentials stay here. It keeps nothing
/// between calls, so they run side by side: a server that is slow must not let every job of the tenant wait for one.
/// </summary>
[Alias("Dwapi.IContentServerGrain")]
public interface IContentServerGrain : IGrainWithStringKey
{
    /// <summary>Connects for an application: name, address and a token for listing and choosing.</summary>
    /// <param name="origin">The application.</param>
    /// <param name="printer">System id of the printer that it wants to print on.</param>
    [AlwaysInterleave]
    [ResponseTimeout("00:01:00")]
    [Alias("Connect")]
    Task<ContentServerAnswer> Connect(string origin, string printer);

    /// <summary>Makes the token of one job's download, bound to printer and content.</summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:01:00")]
    [Alias("Issue")]
    Task<ContentGrant> Issue(ContentRequest request);

    /// <summary>Ends the token of a job that has ended. False when the server cannot be asked now.</summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:01:00")]
    [Alias("End")]
    Task<bool> End(string token);
}
