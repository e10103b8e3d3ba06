namespace Dwapi.ActorRuntime.Tests.Observers;

public sealed class ObservedGrain : Grain, IObservedGrain
{
    private ITestObserver? _observer;

    public Task Subscribe(ITestObserver observer)
    {
        _observer = observer;
        return Task.CompletedTask;
    }

    public Task<bool> IsSubscribed(ITestObserver observer) => Task.FromResult(Equals(_observer, observer));

    public Task<string> Ask(string question) => _observer!.Ask(question);

    public Task<string> AskShortly() => _observer!.AskShortly();

    public Task Tell(string what) => _observer!.Tell(what);

    public Task<string> AskAlways() => _observer!.AskAlways();

    public Task Shout(string what) => _observer!.Shout(what);

    public Task<string> AskUntilCancelled(CancellationToken cancellationToken) => _observer!.AskUntilCancelled(cancellationToken);
}
