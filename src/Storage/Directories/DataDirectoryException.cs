namespace Dwapi.Storage;

/// <summary>The data directory or what lies in it cannot be used; the message is one line that says what to change.</summary>
public sealed class DataDirectoryException(string message, Exception? inner = null) : Exception(message, inner);
