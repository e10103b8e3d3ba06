using Orleans.Runtime;

namespace Orleans.Timers;

/// <summary>Holds the reminders of all grains.</summary>
public interface IReminderRegistry
{
    /// <summary>Adds a reminder or replaces the one of this name.</summary>
    Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period);

    /// <summary>Removes a reminder.</summary>
    Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder);

    /// <summary>Finds a reminder; null if there is none of this name.</summary>
    Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName);

    /// <summary>All reminders of a grain.</summary>
    Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId);
}
