using Dwapi.Storage.Commits;

namespace Dwapi.Storage.Tests.Sqlite;

/// <summary>Holds the writer at a point until the test lets it go on.</summary>
internal sealed class GateProbe : ICommitProbe
{
    private readonly ManualResetEventSlim _open = new(initialState: true);
    private volatile TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CommitPoint? _point;

    /// <summary>The writer stands at the point.</summary>
    public Task Arrived => _arrived.Task;

    public void Close(CommitPoint point)
    {
        _arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _point = point;
        _open.Reset();
    }

    public void Open() => _open.Set();

    public void Reached(CommitPoint point)
    {
        if (point == _point && !_open.IsSet)
        {
            _arrived.TrySetResult();
            _open.Wait();
        }
    }
}
