namespace Dwapi.ActorRuntime.Tests.Life;

public sealed class LifeGrain : LifeGrainBase, ILifeGrain;
