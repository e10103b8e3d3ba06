using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Dwapi.Grains.Edges;

/// <summary>
/// Numbers the changes of a tenant's services, key <c>tenant</c>, and keeps the youngest, so that a web node notices what the stream lost
/// and reads it again. Changes pass it by the page, requests of applications do not.
/// </summary>
[Alias("Dwapi.IServiceChangesGrain")]
public interface IServiceChangesGrain : IGrainWithStringKey
{
    /// <summary>Numbers changes of one edge and publishes them; those that came with an earlier call are passed over.</summary>
    /// <param name="edgeId">The edge.</param>
    /// <param name="run">The edge's run of positions.</param>
    /// <param name="first">The first change's position in that run.</param>
    /// <param name="changes">The changes.</param>
    [Alias("Publish")]
    Task Publish(string edgeId, string run, long first, ImmutableArray<ServiceChange> changes);

    /// <summary>Changes above a number; the next page of them, or none at the head.</summary>
    /// <param name="epoch">The run of numbers; with any other one than the present the answer is the head, with a gap.</param>
    /// <param name="after">The number.</param>
    [AlwaysInterleave]
    [Alias("Read")]
    ValueTask<ServiceChangePage> Read(string epoch, long after);
}
