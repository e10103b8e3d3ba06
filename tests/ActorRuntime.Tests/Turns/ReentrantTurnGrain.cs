using Orleans.Concurrency;

namespace Dwapi.ActorRuntime.Tests.Turns;

[Reentrant]
public sealed class ReentrantTurnGrain : TurnGrainBase, IReentrantTurnGrain;
