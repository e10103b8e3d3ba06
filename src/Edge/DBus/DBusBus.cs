using Dwapi.Edge.Resilience;
using Polly;

namespace Dwapi.Edge.DBus;

/// <summary>Keeps a connection to a bus: when it ends, another one is opened, with growing pauses while that fails.</summary>
internal sealed class DBusBus
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly DBusAddress _address;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _retry;

    /// <param name="address">Where the bus is.</param>
    /// <param name="time">The clock of the pauses.</param>
    /// <param name="failed">Told of every connection that could not be opened.</param>
    public DBusBus(DBusAddress address, TimeProvider time, Action<DBusException> failed)
    {
        _address = address;
        _time = time;
        _retry = Backoff.Forever(FirstPause, LongestPause, time, failed);
    }

    /// <summary>Runs a session on each connection in turn, until cancelled. A session ends with its connection.</summary>
    public async Task RunAsync(Func<DBusConnection, CancellationToken, Task> session, CancellationToken cancellationToken)
    {
        while (true)
        {
            await _retry.ExecuteAsync(
                async stop =>
                {
                    await using var connection = await DBusConnection.OpenAsync(_address, _time, stop).ConfigureAwait(false);
                    await session(connection, stop).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
        }
    }
}
