namespace Dwapi.Edge.Printers.Content;

/// <summary>Content could not be had. The message names neither address nor token.</summary>
internal sealed class ContentException(ContentFault fault, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The kind.</summary>
    public ContentFault Fault { get; } = fault;
}
