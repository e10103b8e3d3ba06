namespace Dwapi.Edge;

/// <summary>A setting is wrong; the message is one line that names it and says what it can be.</summary>
public sealed class EdgeOptionsException : Exception
{
    /// <summary>With the reason and its cause.</summary>
    public EdgeOptionsException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
