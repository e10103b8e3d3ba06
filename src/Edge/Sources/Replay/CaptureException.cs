namespace Dwapi.Edge.Sources.Replay;

/// <summary>A capture file cannot be read; the message names the line and what is expected there.</summary>
internal sealed class CaptureException : Exception
{
    /// <summary>With the reason and its cause.</summary>
    public CaptureException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
