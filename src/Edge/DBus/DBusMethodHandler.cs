namespace Dwapi.Edge.DBus;

/// <summary>Answers a call: with <see cref="DBusMessage.Reply"/>, or a <see cref="DBusErrorException"/>.</summary>
internal delegate Task<DBusMessage> DBusMethodHandler(DBusMessage call, CancellationToken cancellationToken);
