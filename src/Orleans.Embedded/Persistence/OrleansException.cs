namespace Orleans.Runtime;

/// <summary>The base of the runtime's own exceptions.</summary>
[GenerateSerializer]
public class OrleansException : Exception
{
    /// <summary>An unexpected error.</summary>
    public OrleansException()
        : base("Unexpected error.")
    {
    }

    /// <summary>An error in words.</summary>
    public OrleansException(string message)
        : base(message)
    {
    }

    /// <summary>An error in words, and what is behind it.</summary>
    public OrleansException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
