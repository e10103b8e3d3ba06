using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Dwapi.Edge.Ipp;

/// <summary>Writes application/ipp (RFC 8010).</summary>
internal sealed class IppEncoder
{
    private readonly ArrayBufferWriter<byte> _to = new(1024);
    private int _attributes;
    private int _values;

    private IppEncoder()
    {
    }

    /// <summary>The message as bytes; document data goes right behind it.</summary>
    /// <exception cref="IppException">It is above <see cref="IppLimits"/>, or a value has a tag that is not its own.</exception>
    public static ReadOnlyMemory<byte> Encode(IppMessage message)
    {
        var encoder = new IppEncoder();
        encoder.Message(message);
        return encoder._to.WrittenMemory;
    }

    private void Message(IppMessage message)
    {
        UInt16(message.Version);
        UInt16(message.Code);
        Int32(message.RequestId);
        if (message.Groups.Length > IppLimits.Groups)
            throw new IppException("there are too many groups");
        foreach (var group in message.Groups)
        {
            if (group.Tag is 0 or IppTag.EndOfAttributes || (byte)group.Tag > IppTags.LastDelimiter)
                throw new IppException("a group has a tag that begins none");
            Byte((byte)group.Tag);
            foreach (var attribute in group.Attributes.All)
                Attribute(attribute, isMember: false, depth: 0);
        }

        Byte((byte)IppTag.EndOfAttributes);
        if (_to.WrittenCount > IppLimits.MessageBytes)
            throw new IppException("the message is too long");
    }

    private void Attribute(IppAttribute attribute, bool isMember, int depth)
    {
        if (++_attributes > IppLimits.Attributes || (_values += attribute.Values.Length) > IppLimits.Values)
            throw new IppException("there are too many attributes or values");
        if (attribute.Name.Length is 0 or > IppLimits.NameBytes || !Ascii.IsValid(attribute.Name))
            throw new IppException("an attribute has no name, or one that is too long or not US-ASCII");
        if (attribute.Values.IsDefaultOrEmpty)
            throw new IppException("an attribute has no value");
        if (isMember)
        {
            Byte((byte)IppTag.MemberAttrName);
            UInt16(0);
            String(attribute.Name);
        }

        var isFirst = !isMember;
        foreach (var value in attribute.Values)
        {
            Byte((byte)value.Tag);
            if (isFirst)
                String(attribute.Name);
            else
                UInt16(0);
            isFirst = false;
            Value(value, depth);
        }
    }

    private void Value(IppValue value, int depth)
    {
        var kind = IppTags.KindOf(value.Tag);
        switch (value)
        {
            case IppOutOfBand when kind == IppValueKind.OutOfBand:
                UInt16(0);
                break;
            case IppInteger number when kind == IppValueKind.Integer:
                UInt16(4);
                Int32(number.Number);
                break;
            case IppBoolean flag:
                UInt16(1);
                Byte(flag.IsTrue ? (byte)1 : (byte)0);
                break;
            case IppDateTime date:
                Date(date);
                break;
            case IppResolution resolution:
                UInt16(9);
                Int32(resolution.CrossFeed);
                Int32(resolution.Feed);
                Byte(resolution.Units);
                break;
            case IppRange range:
                UInt16(8);
                Int32(range.Lower);
                Int32(range.Upper);
                break;
            case IppText text when kind == IppValueKind.Text:
                String(text.Text);
                break;
            case IppLocalizedText text when kind == IppValueKind.LocalizedText:
                Length(4 + Encoding.UTF8.GetByteCount(text.Language) + Encoding.UTF8.GetByteCount(text.Text));
                String(text.Language);
                String(text.Text);
                break;
            case IppOctets octets when kind == IppValueKind.Octets:
                Length(octets.Bytes.Length);
                _to.Write(octets.Bytes.AsSpan());
                break;
            case IppCollection collection:
                Collection(collection, depth + 1);
                break;
            default:
                throw new IppException("a value has a tag that is not its own");
        }
    }

    private void Collection(IppCollection collection, int depth)
    {
        if (depth > IppLimits.Depth)
            throw new IppException("collections lie too deep in one another");
        UInt16(0);
        foreach (var member in collection.Members.All)
            Attribute(member, isMember: true, depth);
        Byte((byte)IppTag.EndCollection);
        UInt16(0);
        UInt16(0);
    }

    private void Date(IppDateTime date)
    {
        UInt16(11);
        UInt16(date.Year);
        _to.Write([date.Month, date.Day, date.Hour, date.Minute, date.Second, date.Tenths, date.IsWest ? (byte)'-' : (byte)'+', date.OffsetHours, date.OffsetMinutes]);
    }

    private void String(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Length(length);
        Encoding.UTF8.GetBytes(text, _to.GetSpan(length));
        _to.Advance(length);
    }

    private void Length(int length)
    {
        if (length > IppLimits.ValueBytes)
            throw new IppException("a value is too long");
        UInt16((ushort)length);
    }

    private void Byte(byte value)
    {
        _to.GetSpan(1)[0] = value;
        _to.Advance(1);
    }

    private void UInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_to.GetSpan(2), value);
        _to.Advance(2);
    }

    private void Int32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_to.GetSpan(4), value);
        _to.Advance(4);
    }
}
