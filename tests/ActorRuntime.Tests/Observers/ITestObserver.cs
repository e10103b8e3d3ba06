using Orleans.Concurrency;

namespace Dwapi.ActorRuntime.Tests.Observers;

public interface ITestObserver : IGrainObserver
{
    Task<string> Ask(string question);

    [ResponseTimeout("00:00:02")]
    Task<string> AskShortly();

    Task Tell(string what);

    [AlwaysInterleave]
    Task<string> AskAlways();

    [OneWay]
    Task Shout(string what);

    Task<string> AskUntilCancelled(CancellationToken cancellationToken);
}
