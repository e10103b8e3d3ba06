using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Observers;

internal sealed class TestObserver(string key) : ITestObserver
{
    public Task<string> Ask(string question) =>
        question == "fail" ? throw new InvalidOperationException("Not answered.") : Task.FromResult(key + ": " + question);

    public Task<string> AskShortly() => Ask("shortly");

    public async Task Tell(string what)
    {
        Signal.Set(key + "/told");
        if (what == "hold")
            await Signal.Wait(key + "/release");
        Journal.Note(key, what);
    }

    public Task<string> AskAlways() => Task.FromResult("always");

    public Task Shout(string what)
    {
        Signal.Set(key + "/" + what);
        return Task.CompletedTask;
    }

    public async Task<string> AskUntilCancelled(CancellationToken cancellationToken)
    {
        Signal.Set(key + "/asked");
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return "";
        }
        catch (OperationCanceledException)
        {
            Signal.Set(key + "/cancelled");
            throw;
        }
    }
}
