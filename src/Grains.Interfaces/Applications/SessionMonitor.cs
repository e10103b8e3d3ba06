namespace Dwapi.Grains.Applications;

/// <summary>Asynchronous messages that a client asked for with PUT.</summary>
/// <param name="Key">What it watches.</param>
/// <param name="Hmac">The hmac of every event, from the nonce of the PUT; "" when the PUT had none (DECISIONS 6).</param>
/// <param name="Epoch">Epoch of the store at the PUT.</param>
/// <param name="After">Events above this sequence are due.</param>
/// <param name="SendLatest">True: the latest as of the PUT goes out first (a PUT without <c>since</c>, not yet delivered).</param>
/// <param name="Gap">True: the next event says that older ones were lost.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.SessionMonitor")]
public sealed record SessionMonitor(
    [property: Id(0)] MonitorKey Key,
    [property: Id(1)] string Hmac,
    [property: Id(2)] string Epoch,
    [property: Id(3)] long After,
    [property: Id(4)] bool SendLatest,
    [property: Id(5)] bool Gap);
