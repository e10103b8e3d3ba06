using Orleans.Concurrency;

namespace Dwapi.ActorRuntime.Tests.Calls;

public interface ICallGrain : IGrainWithStringKey
{
    Task Touch();

    /// <summary>Waits for KEY/release; sets KEY/held before and KEY/ended after.</summary>
    [ResponseTimeout("00:00:01")]
    Task<string> HoldShortly();

    /// <summary>Waits until the token is cancelled; sets KEY/held before and KEY/cancelled then.</summary>
    Task HoldUntilCancelled(CancellationToken cancellationToken);

    [ResponseTimeout("00:00:01"), AlwaysInterleave]
    Task HoldUntilCancelledShortly(CancellationToken cancellationToken);

    Task<bool> CanBeCancelled(int before, string after, CancellationToken cancellationToken);

    /// <summary>Waits for KEY/release, then sets KEY/ended.</summary>
    [OneWay]
    Task HoldOneWay();

    [OneWay]
    Task FailOneWay();

    Task FailAtOnce();

    Task FailLater();

    ValueTask<int> FailAsValue();

    Task<string?> Nothing();

    Task<string> Join(string first, int second, IReadOnlyList<string> third);

    ValueTask TouchAsValue();
}
