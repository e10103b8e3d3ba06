namespace Dwapi.Edge.DBus;

/// <summary>There is no connection to the bus, or it ended.</summary>
internal sealed class DBusDisconnectedException(string message, Exception? cause = null) : DBusException(message, cause);
