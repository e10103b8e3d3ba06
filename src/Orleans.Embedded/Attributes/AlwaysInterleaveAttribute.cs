namespace Orleans.Concurrency;

/// <summary>This method may run while any other call of the grain waits, and others while it waits.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute
{
}
