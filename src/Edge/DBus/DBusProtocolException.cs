namespace Dwapi.Edge.DBus;

/// <summary>Bytes that are no message, or values that do not fit a signature.</summary>
internal sealed class DBusProtocolException(string message) : DBusException(message);
