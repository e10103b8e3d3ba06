namespace Orleans.Concurrency;

/// <summary>The caller does not wait: it gets a completed task at once and never hears of an error.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute
{
}
