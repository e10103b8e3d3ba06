namespace Orleans.Concurrency;

/// <summary>Calls of this grain may interleave: while one waits, another may run. Still one turn at a time.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute
{
}
