namespace Dwapi.Edge.DBus;

/// <summary>Base of everything that can go wrong on a bus; nothing else comes out of a call.</summary>
internal abstract class DBusException(string message, Exception? cause = null) : Exception(message, cause);
