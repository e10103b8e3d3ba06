namespace Dwapi.Edge.DBus;

/// <summary>The called side answered with an error.</summary>
internal sealed class DBusErrorException(string name, string message) : DBusException(message.Length == 0 ? name : $"{name}: {message}")
{
    /// <summary>No answer within the time; the call may have been done.</summary>
    public const string NoReply = "org.freedesktop.DBus.Error.NoReply";

    /// <summary>There is no such method.</summary>
    public const string UnknownMethod = "org.freedesktop.DBus.Error.UnknownMethod";

    /// <summary>Nobody has the name that was called.</summary>
    public const string ServiceUnknown = "org.freedesktop.DBus.Error.ServiceUnknown";

    /// <summary>Nobody has the name that was asked for.</summary>
    public const string NameHasNoOwner = "org.freedesktop.DBus.Error.NameHasNoOwner";

    /// <summary>The policy of the bus forbids it.</summary>
    public const string AccessDenied = "org.freedesktop.DBus.Error.AccessDenied";

    /// <summary>Name of the error, for example <c>org.bluez.Error.Failed</c>.</summary>
    public string Name { get; } = name;
}
