namespace Dwapi.ActorRuntime.Tests.Embedded;

public interface ITimedGrain : IGrainWithStringKey
{
    Task<int> Activation();

    /// <summary>Ticks every 30 s, and notes when.</summary>
    Task StartTimer(bool keepAlive);

    Task Delay(TimeSpan time);

    Task Hold();
}
