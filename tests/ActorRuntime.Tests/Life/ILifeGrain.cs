namespace Dwapi.ActorRuntime.Tests.Life;

public interface ILifeGrain : IGrainWithStringKey
{
    Task<int> Number();

    Task End();

    /// <summary>Asks for the end, then waits for KEY/release within the same call.</summary>
    Task<int> EndAndHold();

    Task Delay(TimeSpan time);
}
