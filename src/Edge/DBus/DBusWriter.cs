using System.Buffers.Binary;
using System.Text;

namespace Dwapi.Edge.DBus;

/// <summary>Writes values by their signature; types map as in <see cref="DBusReader"/>.</summary>
internal sealed class DBusWriter(bool bigEndian)
{
    private byte[] _bytes = new byte[256];

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>What is written; valid until the next call.</summary>
    public Span<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Writes the values of a signature.</summary>
    /// <exception cref="DBusProtocolException">The values are not of these types.</exception>
    public void Write(DBusSignature signature, IReadOnlyList<object> values)
    {
        try
        {
            var next = 0;
            for (var at = 0; at < signature.Text.Length; at = DBusSignature.Skip(signature.Text, at))
                Value(signature.Text, at, values[next++]);
            if (next == values.Count)
                return;
        }
        catch (Exception e) when (e is InvalidCastException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
        }

        throw new DBusProtocolException($"The values are not of the types {signature.Text}.");
    }

    /// <summary>Fills up with zeros to the next multiple.</summary>
    public void Align(int alignment) => Take(0, alignment);

    /// <summary>Writes bytes as they are.</summary>
    public void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length, 1));

    /// <summary>Writes an unsigned number of four bytes.</summary>
    public void U32(uint value) => Put(Take(4, 4), value);

    /// <summary>Writes one over an earlier one.</summary>
    public void U32At(int position, uint value) => Put(_bytes.AsSpan(position, 4), value);

    private void Value(string types, int at, object value)
    {
        switch (types[at])
        {
            case 'y':
                Take(1, 1)[0] = (byte)value;
                break;
            case 'b':
                U32((bool)value ? 1u : 0u);
                break;
            case 'n':
                U16((ushort)(short)value);
                break;
            case 'q':
                U16((ushort)value);
                break;
            case 'i':
                U32((uint)(int)value);
                break;
            case 'u':
                U32((uint)value);
                break;
            case 'x':
                U64((ulong)(long)value);
                break;
            case 't':
                U64((ulong)value);
                break;
            case 'd':
                U64(BitConverter.DoubleToUInt64Bits((double)value));
                break;
            case 's':
                Text((string)value);
                break;
            case 'o':
                Text(((DBusPath)value).Text);
                break;
            case 'g':
                Signature((DBusSignature)value);
                break;
            case 'v':
                var variant = (DBusVariant)value;
                Signature(variant.Signature);
                Value(variant.Signature.Text, 0, variant.Value);
                break;
            case '(':
                Align(8);
                Fields(types, at + 1, (object[])value);
                break;
            default:
                Array(types, at + 1, value);
                break;
        }
    }

    private void Fields(string types, int at, object[] fields)
    {
        foreach (var field in fields)
        {
            Value(types, at, field);
            at = DBusSignature.Skip(types, at);
        }
    }

    private void Array(string types, int at, object value)
    {
        U32(0);
        var length = Length - 4;
        Align(DBusSignature.Alignment(types[at]));
        var start = Length;
        switch (value)
        {
            case byte[] bytes when types[at] == 'y':
                Raw(bytes);
                break;
            case Dictionary<object, object> entries when types[at] == '{':
                foreach (var (key, entry) in entries)
                {
                    Align(8);
                    Fields(types, at + 1, [key, entry]);
                }

                break;
            default:
                foreach (var element in (object[])value)
                    Value(types, at, element);
                break;
        }

        U32At(length, (uint)(Length - start));
    }

    private void Text(string text)
    {
        U32((uint)Encoding.UTF8.GetByteCount(text));
        Raw(Encoding.UTF8.GetBytes(text));
        Raw([0]);
    }

    private void Signature(DBusSignature signature)
    {
        Raw([(byte)signature.Text.Length]);
        Raw(Encoding.ASCII.GetBytes(signature.Text));
        Raw([0]);
    }

    private void U16(ushort value)
    {
        var span = Take(2, 2);
        if (bigEndian)
            BinaryPrimitives.WriteUInt16BigEndian(span, value);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(span, value);
    }

    private void U64(ulong value)
    {
        var span = Take(8, 8);
        if (bigEndian)
            BinaryPrimitives.WriteUInt64BigEndian(span, value);
        else
            BinaryPrimitives.WriteUInt64LittleEndian(span, value);
    }

    private void Put(Span<byte> span, uint value)
    {
        if (bigEndian)
            BinaryPrimitives.WriteUInt32BigEndian(span, value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(span, value);
    }

    private Span<byte> Take(int length, int alignment)
    {
        var start = (Length + alignment - 1) & -alignment;
        if (start + length > _bytes.Length)
            System.Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, start + length));
        _bytes.AsSpan(Length, start - Length).Clear();
        Length = start + length;
        return _bytes.AsSpan(start, length);
    }
}
