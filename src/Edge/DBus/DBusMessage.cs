namespace Dwapi.Edge.DBus;

/// <summary>A message, its body not yet read: only who wants it pays for it.</summary>
internal sealed record DBusMessage
{
    private const byte NoReplyFlag = 1;

    /// <summary>What it is.</summary>
    public required DBusMessageType Type { get; init; }

    /// <summary>Bit 0: no reply is expected.</summary>
    public byte Flags { get; init; }

    /// <summary>Number of the message at its sender; not 0.</summary>
    public uint Serial { get; init; }

    /// <summary>Byte order.</summary>
    public bool BigEndian { get; init; }

    /// <summary>The object called or speaking.</summary>
    public string? Path { get; init; }

    /// <summary>The interface.</summary>
    public string? Interface { get; init; }

    /// <summary>The method or signal.</summary>
    public string? Member { get; init; }

    /// <summary>Name of the error.</summary>
    public string? ErrorName { get; init; }

    /// <summary>Serial of the call that is answered.</summary>
    public uint? ReplySerial { get; init; }

    /// <summary>Who shall get it.</summary>
    public string? Destination { get; init; }

    /// <summary>Unique name of the sender; the bus writes it, so it is true.</summary>
    public string? Sender { get; init; }

    /// <summary>Types of the body.</summary>
    public DBusSignature Signature { get; init; } = DBusSignature.Empty;

    /// <summary>The body's bytes.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>True if an answer is expected.</summary>
    public bool ExpectsReply => Type == DBusMessageType.Call && (Flags & NoReplyFlag) == 0;

    /// <summary>Reads the body.</summary>
    /// <param name="signature">The types that it must have.</param>
    /// <exception cref="DBusProtocolException">It is malformed, or of other types.</exception>
    public object[] ReadBody(string signature) => Signature.Text == signature
        ? new DBusReader(Body.Span, BigEndian).Read(Signature)
        : throw new DBusProtocolException($"{Member} has a body of {Signature} instead of {signature}.");

    /// <summary>The same message with a body.</summary>
    public DBusMessage With(string signature, params object[] values)
    {
        var body = new DBusWriter(BigEndian);
        body.Write(new DBusSignature(signature), values);
        return this with { Signature = new DBusSignature(signature), Body = body.Written.ToArray() };
    }

    /// <summary>An answer to this call.</summary>
    public DBusMessage Reply(string signature = "", params object[] values) =>
        new DBusMessage { Type = DBusMessageType.Return, BigEndian = BigEndian, ReplySerial = Serial, Destination = Sender }.With(signature, values);

    /// <summary>An error as the answer to this call.</summary>
    public DBusMessage Error(string name, string text) => Reply("s", text) with { Type = DBusMessageType.Error, ErrorName = name };
}
