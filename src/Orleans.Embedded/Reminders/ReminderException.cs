namespace Orleans.Runtime;

/// <summary>A reminder cannot be changed or removed.</summary>
[GenerateSerializer]
public sealed class ReminderException : OrleansException
{
    /// <summary>In words.</summary>
    public ReminderException(string message)
        : base(message)
    {
    }
}
