namespace Orleans.Runtime;

/// <summary>A durable reminder of a grain.</summary>
public interface IGrainReminder
{
    /// <summary>Its name, unique within the grain.</summary>
    string ReminderName { get; }
}
