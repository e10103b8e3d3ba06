using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Dwapi.Edge.Ipp;

/// <summary>Reads application/ipp (RFC 8010). Every length is held against what is there and against <see cref="IppLimits"/> before it is used.</summary>
internal ref struct IppDecoder
{
    private readonly ReadOnlySpan<byte> _bytes;
    private int _at;
    private int _attributes;
    private int _values;

    private IppDecoder(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Reads a message.</summary>
    /// <param name="bytes">The message, and whatever follows it.</param>
    /// <param name="length">Bytes of the message: document data begins there.</param>
    /// <exception cref="IppException">It is none.</exception>
    public static IppMessage Decode(ReadOnlySpan<byte> bytes, out int length)
    {
        var decoder = new IppDecoder(bytes[..Math.Min(bytes.Length, IppLimits.MessageBytes)]);
        var message = decoder.Message();
        length = decoder._at;
        return message;
    }

    /// <summary>Reads a message that nothing follows, or nothing of interest.</summary>
    /// <exception cref="IppException">It is none.</exception>
    public static IppMessage Decode(ReadOnlySpan<byte> bytes) => Decode(bytes, out _);

    private IppMessage Message()
    {
        var (version, code, id) = (UInt16(), UInt16(), Int32());
        var groups = ImmutableArray.CreateBuilder<IppGroup>();
        for (var tag = Tag(); tag != IppTag.EndOfAttributes; tag = Tag())
        {
            if (tag == 0 || (byte)tag > IppTags.LastDelimiter)
                throw new IppException("an attribute stands outside the groups");
            if (groups.Count == IppLimits.Groups)
                throw new IppException("there are too many groups");
            groups.Add(new IppGroup(tag, Attributes()));
        }

        return new IppMessage(code, id, groups.DrainToImmutable()) { Version = version };
    }

    private IppAttributes Attributes()
    {
        var attributes = ImmutableArray.CreateBuilder<IppAttribute>();
        while (Peek() is var next && (byte)next > IppTags.LastDelimiter)
        {
            var tag = Tag();
            var name = Name(Take(Length(IppLimits.NameBytes)));
            attributes.Add(Attribute(name, tag, depth: 0));
        }

        return new IppAttributes(attributes.DrainToImmutable());
    }

    // The tag of the first value was read, and the name behind it. Further values have an empty name.
    private IppAttribute Attribute(string name, IppTag tag, int depth)
    {
        if (++_attributes > IppLimits.Attributes)
            throw new IppException("there are too many attributes");
        var first = Value(tag, depth);
        if (!Continues())
            return new IppAttribute(name, first);
        var values = ImmutableArray.CreateBuilder<IppValue>();
        values.Add(first);
        do
        {
            tag = Tag();
            Length(0);
            values.Add(Value(tag, depth));
        }
        while (Continues());
        return new IppAttribute(name, values.DrainToImmutable());
    }

    private readonly bool Continues() => _bytes.Length - _at >= 3 && _bytes[_at] > IppTags.LastDelimiter
        && (IppTag)_bytes[_at] is not (IppTag.EndCollection or IppTag.MemberAttrName) && _bytes[_at + 1] == 0 && _bytes[_at + 2] == 0;

    private IppValue Value(IppTag tag, int depth)
    {
        if (++_values > IppLimits.Values)
            throw new IppException("there are too many values");
        var bytes = Take(Length(IppLimits.ValueBytes));
        return IppTags.KindOf(tag) switch
        {
            IppValueKind.OutOfBand => new IppOutOfBand(tag),
            IppValueKind.Integer => new IppInteger(tag, BinaryPrimitives.ReadInt32BigEndian(Exactly(bytes, 4))),
            IppValueKind.Boolean => Boolean(Exactly(bytes, 1)[0]),
            IppValueKind.DateTime => Date(Exactly(bytes, 11)),
            IppValueKind.Resolution => Resolution(Exactly(bytes, 9)),
            IppValueKind.Range => Range(Exactly(bytes, 8)),
            IppValueKind.Collection => Collection(bytes, depth + 1),
            IppValueKind.LocalizedText => Localized(tag, bytes),
            IppValueKind.Text => new IppText(tag, Encoding.UTF8.GetString(bytes)),
            IppValueKind.Octets => new IppOctets(tag, [.. bytes]),
            _ => throw new IppException("a collection ends or goes on where there is none"),
        };
    }

    private IppCollection Collection(ReadOnlySpan<byte> own, int depth)
    {
        if (own.Length > 0)
            throw new IppException("a collection begins with a value");
        if (depth > IppLimits.Depth)
            throw new IppException("collections lie too deep in one another");
        var members = ImmutableArray.CreateBuilder<IppAttribute>();
        while (Tag() is var tag && tag != IppTag.EndCollection)
        {
            if (tag != IppTag.MemberAttrName)
                throw new IppException("a member of a collection has no name");
            Length(0);
            var name = Name(Take(Length(IppLimits.NameBytes)));
            tag = Tag();
            Length(0);
            members.Add(Attribute(name, tag, depth));
        }

        Length(0);

        // What the end says is ignored (RFC 8010 3.1.6).
        Take(Length(IppLimits.ValueBytes));
        return new IppCollection(new IppAttributes(members.DrainToImmutable()));
    }

    private static string Name(ReadOnlySpan<byte> bytes) => bytes.Length > 0 && Ascii.IsValid(bytes)
        ? Encoding.ASCII.GetString(bytes)
        : throw new IppException("an attribute has no name, or one that is not US-ASCII");

    private static IppBoolean Boolean(byte value) => value <= 1 ? new IppBoolean(value == 1) : throw new IppException("a boolean is neither 0 nor 1");

    private static IppDateTime Date(ReadOnlySpan<byte> bytes) => bytes[8] is (byte)'+' or (byte)'-'
        ? new IppDateTime(
            BinaryPrimitives.ReadUInt16BigEndian(bytes), bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7], bytes[8] == '-', bytes[9], bytes[10])
        : throw new IppException("a dateTime has no direction from UTC");

    private static IppResolution Resolution(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadInt32BigEndian(bytes), BinaryPrimitives.ReadInt32BigEndian(bytes[4..]), bytes[8]);

    private static IppRange Range(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadInt32BigEndian(bytes), BinaryPrimitives.ReadInt32BigEndian(bytes[4..]));

    private static IppLocalizedText Localized(IppTag tag, ReadOnlySpan<byte> bytes)
    {
        var inner = new IppDecoder(bytes);
        var language = inner.Take(inner.Length(IppLimits.ValueBytes));
        var text = inner.Take(inner.Length(IppLimits.ValueBytes));
        return inner._at == bytes.Length
            ? new IppLocalizedText(tag, Encoding.UTF8.GetString(language), Encoding.UTF8.GetString(text))
            : throw new IppException("a string with language is longer than its parts");
    }

    private static ReadOnlySpan<byte> Exactly(ReadOnlySpan<byte> bytes, int length) =>
        bytes.Length == length ? bytes : throw new IppException("a value has not the length of its type");

    private int Length(int most) => UInt16() is var length && length <= most ? length : throw new IppException("a name or value is too long");

    private readonly IppTag Peek() => _at < _bytes.Length ? (IppTag)_bytes[_at] : throw Cut();

    private IppTag Tag() => (IppTag)Take(1)[0];

    private ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    private int Int32() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _bytes.Length - _at)
            throw Cut();
        _at += length;
        return _bytes.Slice(_at - length, length);
    }

    private static IppException Cut() => new("the message ends in the middle, or is too long");
}
