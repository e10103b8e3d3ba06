using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Calls;

public sealed class CallGrain : Grain, ICallGrain
{
    private string Key => this.GetPrimaryKeyString();

    public Task Touch()
    {
        Journal.Note(Key, "touch");
        return Task.CompletedTask;
    }

    public async Task<string> HoldShortly()
    {
        Signal.Set(Key + "/held");
        await Signal.Wait(Key + "/release");
        Signal.Set(Key + "/ended");
        return "late";
    }

    public async Task HoldUntilCancelled(CancellationToken cancellationToken)
    {
        Journal.Note(Key, "hold");
        Signal.Set(Key + "/held");
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Signal.Set(Key + "/cancelled");
            throw;
        }
    }

    public Task HoldUntilCancelledShortly(CancellationToken cancellationToken) => HoldUntilCancelled(cancellationToken);

    public Task<bool> CanBeCancelled(int before, string after, CancellationToken cancellationToken) =>
        Task.FromResult(before == 1 && after == "2" && !cancellationToken.IsCancellationRequested);

    public async Task HoldOneWay()
    {
        await Signal.Wait(Key + "/release");
        Signal.Set(Key + "/ended");
    }

    public Task FailOneWay()
    {
        Signal.Set(Key + "/failed");
        throw new InvalidOperationException("Nobody hears this.");
    }

    public Task FailAtOnce() => throw new ArgumentException("at once");

    public async Task FailLater()
    {
        await Task.Yield();
        throw new ArgumentException("later");
    }

    public ValueTask<int> FailAsValue() => throw new ArgumentException("value");

    public Task<string?> Nothing() => Task.FromResult<string?>(null);

    public Task<string> Join(string first, int second, IReadOnlyList<string> third) =>
        Task.FromResult(first + second + string.Concat(third));

    public ValueTask TouchAsValue() => new(Touch());
}
