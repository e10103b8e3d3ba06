namespace Dwapi.Edge.DBus;

/// <summary>A message as bytes.</summary>
internal static class DBusMessageFormat
{
    /// <summary>Bytes after which the length of the whole is known.</summary>
    public const int FixedLength = 16;

    // The protocol allows 128 MiB. The largest that a radio daemon sends is its list of objects: a thousand devices are 2 MiB.
    private const int MaxLength = 16 * 1024 * 1024;
    private const byte Version = 1;

    private static readonly DBusSignature Fields = new("a(yv)");

    private enum Field : byte
    {
        Path = 1,
        Interface = 2,
        Member = 3,
        ErrorName = 4,
        ReplySerial = 5,
        Destination = 6,
        Sender = 7,
        Signature = 8,
    }

    /// <summary>Length of the message that begins with these bytes.</summary>
    /// <exception cref="DBusProtocolException">They begin no message, or one that is too long.</exception>
    public static int LengthOf(ReadOnlySpan<byte> start)
    {
        var header = new DBusReader(start, IsBigEndian(start), 4);
        var (body, _, fields) = (header.U32(), header.U32(), header.U32());
        if (start[3] != Version)
            throw new DBusProtocolException("Not version 1 of the protocol.");
        var length = FixedLength + (((long)fields + 7) & ~7) + body;
        return length <= MaxLength ? (int)length : throw new DBusProtocolException("A message is longer than 16 MiB.");
    }

    /// <summary>Reads a whole message.</summary>
    /// <exception cref="DBusProtocolException">It is malformed.</exception>
    public static DBusMessage Read(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.Length < FixedLength || LengthOf(span) != span.Length)
            throw new DBusProtocolException("A message is not as long as it says.");
        var bigEndian = IsBigEndian(span);
        var reader = new DBusReader(span, bigEndian, 4);
        var (body, serial) = ((int)reader.U32(), reader.U32());
        var message = new DBusMessage { Type = (DBusMessageType)span[1], Flags = span[2], Serial = serial, BigEndian = bigEndian };
        foreach (var field in (object[])reader.Read(Fields)[0])
        {
            var (code, value) = ((byte)((object[])field)[0], (DBusVariant)((object[])field)[1]);
            message = Take(message, (Field)code, value.Value);
        }

        message = message with { Body = bytes[^body..] };
        return IsComplete(message) ? message : throw new DBusProtocolException("A message lacks a field that its type needs.");
    }

    /// <summary>Writes a message.</summary>
    public static byte[] Write(DBusMessage message)
    {
        List<object> fields = [];
        Add(Field.Path, "o", message.Path is { } path ? new DBusPath(path) : null);
        Add(Field.Interface, "s", message.Interface);
        Add(Field.Member, "s", message.Member);
        Add(Field.ErrorName, "s", message.ErrorName);
        Add(Field.ReplySerial, "u", message.ReplySerial);
        Add(Field.Destination, "s", message.Destination);
        Add(Field.Sender, "s", message.Sender);
        Add(Field.Signature, "g", message.Signature.Text.Length > 0 ? message.Signature : null);

        var writer = new DBusWriter(message.BigEndian);
        writer.Raw([message.BigEndian ? (byte)'B' : (byte)'l', (byte)message.Type, message.Flags, Version]);
        writer.U32((uint)message.Body.Length);
        writer.U32(message.Serial);
        writer.Write(Fields, [fields.ToArray()]);
        writer.Align(8);
        writer.Raw(message.Body.Span);
        return writer.Written.ToArray();

        void Add(Field field, string type, object? value)
        {
            if (value is not null)
                fields.Add(new object[] { (byte)field, new DBusVariant(new DBusSignature(type), value) });
        }
    }

    private static bool IsBigEndian(ReadOnlySpan<byte> start) => start[0] switch
    {
        (byte)'l' => false,
        (byte)'B' => true,
        _ => throw new DBusProtocolException("No byte order."),
    };

    private static DBusMessage Take(DBusMessage message, Field field, object value) => (field, value) switch
    {
        (Field.Path, DBusPath path) => message with { Path = path.Text },
        (Field.Interface, string text) => message with { Interface = text },
        (Field.Member, string text) => message with { Member = text },
        (Field.ErrorName, string text) => message with { ErrorName = text },
        (Field.ReplySerial, uint serial) => message with { ReplySerial = serial },
        (Field.Destination, string text) => message with { Destination = text },
        (Field.Sender, string text) => message with { Sender = text },
        (Field.Signature, DBusSignature signature) => message with { Signature = signature },
        ( >= Field.Path and <= Field.Signature, _) => throw new DBusProtocolException("A header field has another type than it must have."),
        _ => message,
    };

    private static bool IsComplete(DBusMessage message) => message.Serial != 0 && message.Type switch
    {
        DBusMessageType.Call => message is { Path: not null, Member: not null },
        DBusMessageType.Return => message.ReplySerial is not null,
        DBusMessageType.Error => message is { ReplySerial: not null, ErrorName: not null },
        DBusMessageType.Signal => message is { Path: not null, Interface: not null, Member: not null },
        DBusMessageType.Invalid => false,
        _ => true,
    };
}
