namespace Dwapi.Edge.Outbox;

/// <summary>The outbox cannot be opened or written; the message says what to do next.</summary>
internal sealed class OutboxException : Exception
{
    /// <summary>With the reason and its cause.</summary>
    public OutboxException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
