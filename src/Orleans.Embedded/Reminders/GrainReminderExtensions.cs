using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Timers;

namespace Orleans;

/// <summary>The reminders of a grain.</summary>
public static class GrainReminderExtensions
{
    /// <summary>Adds a reminder to this grain, or replaces the one of this name. The period must be at least one minute unless the host says otherwise.</summary>
    /// <exception cref="InvalidOperationException">The grain is not <see cref="IRemindable"/>.</exception>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        ((IGrainBase)grain).RegisterOrUpdateReminder(reminderName, dueTime, period);

    /// <inheritdoc cref="RegisterOrUpdateReminder(Grain, string, TimeSpan, TimeSpan)" />
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(grain);
        ThrowIfBlank(reminderName);
        var id = grain.GrainContext.GrainId;
        return grain is IRemindable
            ? RegistryOf(grain).RegisterOrUpdateReminder(id, reminderName, dueTime, period)
            : throw new InvalidOperationException($"Grain {id} does not implement {nameof(IRemindable)}.");
    }

    /// <summary>Removes a reminder of this grain.</summary>
    public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder) => ((IGrainBase)grain).UnregisterReminder(reminder);

    /// <inheritdoc cref="UnregisterReminder(Grain, IGrainReminder)" />
    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder) =>
        RegistryOf(grain).UnregisterReminder(grain.GrainContext.GrainId, reminder);

    /// <summary>Finds a reminder of this grain; null if there is none of this name.</summary>
    public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName) => ((IGrainBase)grain).GetReminder(reminderName);

    /// <inheritdoc cref="GetReminder(Grain, string)" />
    public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName)
    {
        ThrowIfBlank(reminderName);
        return RegistryOf(grain).GetReminder(grain.GrainContext.GrainId, reminderName);
    }

    /// <summary>All reminders of this grain.</summary>
    public static Task<List<IGrainReminder>> GetReminders(this Grain grain) => ((IGrainBase)grain).GetReminders();

    /// <inheritdoc cref="GetReminders(Grain)" />
    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain) =>
        RegistryOf(grain).GetReminders(grain.GrainContext.GrainId);

    private static IReminderRegistry RegistryOf(IGrainBase grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain.GrainContext.ActivationServices.GetRequiredService<IReminderRegistry>();
    }

    private static void ThrowIfBlank(string reminderName)
    {
        if (string.IsNullOrWhiteSpace(reminderName))
            throw new ArgumentNullException(nameof(reminderName));
    }
}
