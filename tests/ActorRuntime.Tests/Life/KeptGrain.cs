namespace Dwapi.ActorRuntime.Tests.Life;

[KeepAlive]
public sealed class KeptGrain : LifeGrainBase, IKeptGrain;
