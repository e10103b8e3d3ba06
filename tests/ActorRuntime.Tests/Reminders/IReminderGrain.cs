namespace Dwapi.ActorRuntime.Tests.Reminders;

public interface IReminderGrain : IGrainWithStringKey
{
    /// <summary>Each tick sets KEY/NAME N, each activation KEY/activate N.</summary>
    Task Register(string name, TimeSpan dueTime, TimeSpan period);

    Task<bool> Unregister(string name);

    Task UnregisterTwice(string name);

    /// <summary>Registers it again in between.</summary>
    Task UnregisterReplaced(string name);

    Task<string[]> All();

    Task End();
}
