using Orleans.Concurrency;

namespace Dwapi.ActorRuntime.Tests.Observers;

public interface IObservedGrain : IGrainWithStringKey
{
    Task Subscribe(ITestObserver observer);

    Task<bool> IsSubscribed(ITestObserver observer);

    Task<string> Ask(string question);

    Task<string> AskShortly();

    Task Tell(string what);

    [AlwaysInterleave]
    Task<string> AskAlways();

    Task Shout(string what);

    Task<string> AskUntilCancelled(CancellationToken cancellationToken);
}
