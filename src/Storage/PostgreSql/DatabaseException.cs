namespace Dwapi.Storage;

/// <summary>The PostgreSQL database cannot be used; the message is one line that says what to change.</summary>
public sealed class DatabaseException(string message, Exception? inner = null) : Exception(message, inner);
