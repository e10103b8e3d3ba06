namespace Dwapi.ActorRuntime.Tests.Turns;

public sealed class TurnGrain : TurnGrainBase, ITurnGrain;
