using Dwapi.Grains.Ports;
using Dwapi.Storage.Commits;
using Microsoft.Extensions.Logging;

namespace Dwapi.Storage.PostgreSql;

/// <summary>
/// Appends of this process, in lanes that commit beside each other: the server joins their waits for the disk. A device has one lane, so
/// that its requests keep their order.
/// </summary>
internal sealed class PostgreSqlWriter : IAsyncDisposable
{
    private const int Lanes = 4;
    private readonly PostgreSqlLane[] _lanes;

    public PostgreSqlWriter(PostgreSqlDatabase database, PostgreSqlMonths months, ILogger logger) =>
        _lanes = [.. Enumerable.Range(0, Lanes).Select(_ => new PostgreSqlLane(database, months, logger))];

    public WriterStatistics Statistics => _lanes.Select(static lane => lane.Statistics).Aggregate(static (a, b) =>
        new WriterStatistics(a.Requests + b.Requests, a.Transactions + b.Transactions, a.Failures + b.Failures));

    /// <summary>Hands a request over; waits while its lane is full.</summary>
    /// <exception cref="MeasurementStoreException">The request is not durable, or its commit is in doubt.</exception>
    public ValueTask<AppendResult> Submit(AppendRequest request, CancellationToken cancellationToken)
    {
        var pending = new PendingAppend(request, cancellationToken);
        return _lanes[(uint)pending.Device.GetHashCode() % Lanes].Submit(pending, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var closing in _lanes.Select(static lane => lane.DisposeAsync().AsTask()).ToList())
        {
            await closing;
        }
    }
}
