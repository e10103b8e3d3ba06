using Orleans.Runtime;

namespace Orleans;

/// <summary>A grain that reminders can call, whether or not it is active.</summary>
public interface IRemindable : IGrain
{
    /// <summary>A reminder is due.</summary>
    Task ReceiveReminder(string reminderName, TickStatus status);
}
