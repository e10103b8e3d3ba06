using Dwapi.Storage.Commits;
using Dwapi.Storage.Hosting;

namespace Dwapi.Storage.Tests.Crashes;

public sealed class CrashTests : CrashContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Theory]
    [InlineData(nameof(CommitPoint.Taken), 1)]
    [InlineData(nameof(CommitPoint.Taken), 40)]
    [InlineData(nameof(CommitPoint.Written), 1)]
    [InlineData(nameof(CommitPoint.Written), 40)]
    [InlineData(nameof(CommitPoint.Committed), 1)]
    [InlineData(nameof(CommitPoint.Committed), 40)]
    [InlineData(nameof(CommitPoint.Answered), 1)]
    [InlineData(nameof(CommitPoint.Answered), 40)]
    [InlineData(nameof(CommitPoint.Checkpointed), 1)]
    public Task Kill_AtACommitPoint_KeepsWhatWasAcknowledgedExactlyOnce(string point, int time) =>
        Kill(StoreKind.Sqlite, _directory.Path, point, time);

    public void Dispose() => _directory.Dispose();
}
