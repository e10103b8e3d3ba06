namespace Dwapi.Edge.Ipp;

/// <summary>Bytes that are no IPP message, or a message that cannot be one. Nothing else is thrown by the codec; the text has no value of the message in it.</summary>
internal sealed class IppException(string message) : Exception(message);
