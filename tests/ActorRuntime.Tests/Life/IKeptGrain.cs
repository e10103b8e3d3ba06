namespace Dwapi.ActorRuntime.Tests.Life;

public interface IKeptGrain : ILifeGrain;
