using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Dwapi.EndToEnd.Tests.Faults;
using Dwapi.EndToEnd.Tests.Hosts;
using Dwapi.Gotapi.Printing;

namespace Dwapi.EndToEnd.Tests.Printing;

/// <summary>
/// What an application hears of a printer over all its connections, and what must be true of it: no event is missing, a job's state follows from
/// the one before by the table, a job that has not ended is in the queue once.
/// </summary>
internal sealed class PrintEvents(ApplicationClient application, string printer) : IDisposable
{
    private static readonly HashSet<(PrintJobState, PrintJobState)> Steps = [.. PrintJobTransitions.All.Select(row => (row.From, row.To))];

    private readonly Dictionary<string, List<PrintJobState>> _states = [];
    private Channel<JsonElement> _frames = Channel.CreateUnbounded<JsonElement>();
    private EventSocket? _socket;
    private string _cursor = "";
    private long _sequence;

    /// <summary>States that a job was heard to have, in turn.</summary>
    public IReadOnlyList<PrintJobState> StatesOf(string jobId) => _states.TryGetValue(jobId, out var states) ? states : [];

    /// <summary>The last queue that was heard of.</summary>
    public IReadOnlyList<(string JobId, PrintJobState State)> Queue { get; private set; } = [];

    /// <summary>The last status.</summary>
    public JsonElement Status { get; private set; }

    /// <summary>Connects, or connects again and asks for what it missed.</summary>
    public async Task ConnectAsync()
    {
        _socket?.Dispose();

        // First what it wants, then the socket: a monitor of before would begin where it once began.
        var since = _cursor.Length > 0 ? $"&since={Uri.EscapeDataString(_cursor)}" : "";
        await application.Expect("PUT", $"/gotapi/3dp/information?serviceId={printer}&accessToken={application.Token}{since}");
        (_socket, _) = await EventSocket.Open(application);
        _frames = Channel.CreateUnbounded<JsonElement>();
        _ = ReadAsync(_socket, _frames.Writer);
    }

    /// <summary>Reads until a job has a state, from now on.</summary>
    public Task Until(string jobId, PrintJobState wanted) => Until(() => StatesOf(jobId).LastOrDefault() == wanted, $"{jobId} {wanted}");

    /// <summary>Reads until something is so; it is looked at after each event.</summary>
    public async Task Until(Func<bool> wanted, string what)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(LongTests.Wanted ? 10 : 2));
        do
        {
            try
            {
                Take(await _frames.Reader.ReadAsync(limit.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
            {
                Assert.Fail($"no event says: {what}. Last: {string.Join(", ", Queue)} {Status}");
            }
        }
        while (!wanted());
    }

    public void Dispose() => _socket?.Dispose();

    // Always read: who answers no ping is disconnected.
    private static async Task ReadAsync(EventSocket socket, ChannelWriter<JsonElement> frames)
    {
        try
        {
            while (true)
                frames.TryWrite(await socket.NextAsync(TestContext.Current.CancellationToken));
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // The host or the test is gone.
            frames.TryComplete();
        }
    }

    private void Take(JsonElement frame)
    {
        Assert.False(frame.TryGetProperty("gap", out _), "events are missing");
        var sequence = frame.GetProperty("sequence").GetInt64();
        Assert.True(_sequence == 0 || sequence == _sequence + 1, $"event {sequence} came after {_sequence}");
        (_sequence, _cursor) = (sequence, frame.GetProperty("cursor").GetString()!);
        Status = frame.GetProperty("3dp").GetProperty("status");
        var queue = frame.GetProperty("3dp").GetProperty("printQueue").EnumerateArray()
            .Where(entry => entry.TryGetProperty("jobId", out _))
            .Select(entry => (JobId: entry.GetProperty("jobId").GetString()!, State: entry.GetProperty("state").Deserialize(PrintingJson.Default.PrintJobState)))
            .ToList();
        Assert.Equal(queue.Count, queue.DistinctBy(entry => entry.JobId).Count());
        foreach (var (jobId, states) in _states)
            Assert.True(states[^1].HasEnded() || queue.Exists(entry => entry.JobId == jobId), $"{jobId}, {states[^1]}, is not in the queue any more");
        foreach (var (jobId, state) in queue)
        {
            if (!_states.TryGetValue(jobId, out var states))
                _states[jobId] = states = [];
            if (states is [.., var before])
            {
                if (before == state)
                    continue;
                Assert.True(Steps.Contains((before, state)), $"{jobId} went from {before} to {state}");
            }

            states.Add(state);
        }

        Queue = queue;
    }
}
