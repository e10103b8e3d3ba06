namespace Dwapi.ActorRuntime.Tests.Turns;

public interface IReentrantTurnGrain : ITurnGrain;
