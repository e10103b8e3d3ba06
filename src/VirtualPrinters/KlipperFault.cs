namespace Dwapi.VirtualPrinters;

/// <summary>A refusal in the words of Klipper.</summary>
/// <param name="status">HTTP status and JSON-RPC code that Moonraker gives it.</param>
/// <param name="message">Klipper's text.</param>
internal sealed class KlipperFault(int status, string message) : Exception(message)
{
    /// <summary>HTTP status and JSON-RPC code.</summary>
    public int Status { get; } = status;
}
