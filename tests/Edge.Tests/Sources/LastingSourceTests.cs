using Dwapi.Edge.Sources;
using Dwapi.Edge.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dwapi.Edge.Tests.Sources;

public sealed class LastingSourceTests
{
    [Fact]
    public async Task Source_ThatEndsByAFault_IsFollowedByANewOne_UntilItIsStopped()
    {
        var time = new ManualTime();
        var again = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var source = new LastingSource(
            new Source(_ => throw new InvalidOperationException("a fault of ours")),
            () => new Source(stop =>
            {
                again.SetResult();
                return Task.Delay(Timeout.Infinite, stop);
            }),
            time,
            NullLogger.Instance);
        using var stop = new CancellationTokenSource();

        var running = source.RunAsync(null!, stop.Token);
        time.Advance(TimeSpan.FromMinutes(1));
        await again.Task.WaitAsync(Patience.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private sealed class Source(Func<CancellationToken, Task> run) : IMeasurementSource
    {
        public Task RunAsync(IMeasurementSink sink, CancellationToken cancellationToken) => run(cancellationToken);
    }
}
