namespace Orleans.Concurrency;

/// <summary>This method changes nothing: calls of read-only methods interleave with each other.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute
{
}
