using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace Dwapi.Grains.Edges;

/// <inheritdoc cref="IServiceChangesGrain" />
internal sealed class ServiceChangesGrain(TimeProvider time, ILogger<ServiceChangesGrain> logger) : Grain, IServiceChangesGrain
{
    /// <summary>Changes kept; a node that missed more compares the lists of services.</summary>
    public const int Kept = 1024;

    private const int PageSize = 256;

    private readonly string _epoch = Guid.NewGuid().ToString("N");
    private readonly Queue<ServiceChange> _kept = [];
    private readonly Dictionary<string, (string Run, long Position)> _taken = [];
    private IAsyncStream<ServiceChangePage>? _stream;
    private long _head;

    /// <inheritdoc />
    public Task Publish(string edgeId, string run, long first, ImmutableArray<ServiceChange> changes)
    {
        var known = _taken.TryGetValue(edgeId, out var taken) && taken.Run == run
            ? (int)Math.Clamp(taken.Position + 1 - first, 0, changes.Length)
            : 0;
        if (known == changes.Length)
            return Task.CompletedTask;

        _taken[edgeId] = (run, first + changes.Length - 1);
        var page = new ServiceChangePage(_epoch, _head, changes[known..], Gap: false);
        foreach (var change in page.Changes)
        {
            if (_kept.Count == Kept)
                _kept.Dequeue();
            _kept.Enqueue(change);
        }

        _head += page.Changes.Length;
        return Tell(page);
    }

    /// <inheritdoc />
    public ValueTask<ServiceChangePage> Read(string epoch, long after)
    {
        var first = _head - _kept.Count;
        return new(epoch != _epoch || after < first || after > _head
            ? new ServiceChangePage(_epoch, _head, [], Gap: true)
            : new ServiceChangePage(_epoch, after, [.. _kept.Skip((int)(after - first)).Take(PageSize)], Gap: false));
    }

    /// <summary>Web nodes find out about a lost message by the numbers, so a failure here must not fail the call.</summary>
    private async Task Tell(ServiceChangePage page)
    {
        try
        {
            var tenant = this.GetPrimaryKeyString();
            _stream ??= this.GetStreamProvider(Streams.Provider).GetStream<ServiceChangePage>(StreamId.Create(Streams.Services, tenant));
            await _stream.OnNextAsync(page).WaitAsync(StreamPatience.Limit, time);
        }
        catch (Exception exception)
        {
            Log.PublishFailed(logger, exception, Streams.Services);
        }
    }
}
