using System.Net.Sockets;

namespace Dwapi.Edge.DBus;

/// <summary>Where a bus listens: a Unix socket, by path or abstract.</summary>
/// <param name="Text">As it was given, for messages.</param>
/// <param name="EndPoint">The socket.</param>
internal sealed record DBusAddress(string Text, UnixDomainSocketEndPoint EndPoint)
{
    /// <summary>The environment variable that moves the system bus.</summary>
    public const string SystemVariable = "DBUS_SYSTEM_BUS_ADDRESS";

    private const string SystemDefault = "unix:path=/run/dbus/system_bus_socket";

    /// <summary>The system bus of this machine.</summary>
    /// <exception cref="DBusDisconnectedException">The environment gives an address that cannot be used.</exception>
    public static DBusAddress System() =>
        Parse(Environment.GetEnvironmentVariable(SystemVariable) is { Length: > 0 } given ? given : SystemDefault);

    /// <summary>The first Unix socket of an address list such as <c>unix:path=/run/dbus/system_bus_socket</c>.</summary>
    /// <exception cref="DBusDisconnectedException">There is none.</exception>
    public static DBusAddress Parse(string text)
    {
        foreach (var address in text.Split(';'))
        {
            if (!address.StartsWith("unix:", StringComparison.Ordinal))
                continue;
            foreach (var option in address[5..].Split(','))
            {
                if (option.Split('=', 2) is not ["path" or "abstract", { Length: > 0 } value])
                    continue;
                var path = Uri.UnescapeDataString(value);
                return new DBusAddress(text, new UnixDomainSocketEndPoint(option[0] == 'a' ? "\0" + path : path));
            }
        }

        throw new DBusDisconnectedException($"{text} is no address of a bus. Write unix:path=/run/dbus/system_bus_socket.");
    }
}
