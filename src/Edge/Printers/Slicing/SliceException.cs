using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Slicing;

/// <summary>No G-code could be made of a model. The message says what happened and what to do.</summary>
internal sealed class SliceException(PrintErrorCode code, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The kind.</summary>
    public PrintErrorCode Code { get; } = code;
}
