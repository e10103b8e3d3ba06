using System.Buffers.Binary;
using System.Text;

namespace Dwapi.Edge.DBus;

/// <summary>
/// Reads values by their signature, in either byte order. Types become: y byte, b bool, n short, q ushort, i int, u uint, x long,
/// t ulong, d double, s string, o <see cref="DBusPath"/>, g <see cref="DBusSignature"/>, v <see cref="DBusVariant"/>, ay byte[],
/// a{..} Dictionary of object to object, other arrays and structs object[].
/// </summary>
/// <remarks>Nothing is allocated before its length is known to lie inside the bytes; every fault is a <see cref="DBusProtocolException"/>.</remarks>
/// <param name="bytes">Bytes that begin where a message or its body begins: alignment counts from there.</param>
/// <param name="bigEndian">The byte order.</param>
/// <param name="position">Where to begin.</param>
internal ref struct DBusReader(ReadOnlySpan<byte> bytes, bool bigEndian, int position = 0)
{
    private const int MaxArray = 64 * 1024 * 1024;
    private const int MaxDepth = 64;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly bool _bigEndian = bigEndian;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; } = position;

    /// <summary>Reads the values of a signature.</summary>
    public object[] Read(DBusSignature signature)
    {
        var values = new List<object>();
        for (var at = 0; at < signature.Text.Length; at = DBusSignature.Skip(signature.Text, at))
            values.Add(Value(signature.Text, at, 0));
        return [.. values];
    }

    /// <summary>Reads an unsigned number of four bytes.</summary>
    public uint U32() => _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(Take(4, 4)) : BinaryPrimitives.ReadUInt32LittleEndian(Take(4, 4));

    /// <summary>Goes on to the next multiple.</summary>
    public void Align(int alignment) => Take(0, alignment);

    private object Value(string types, int at, int depth)
    {
        if (depth > MaxDepth)
            throw new DBusProtocolException("Values nest too deep.");
        switch (types[at])
        {
            case 'y':
                return Take(1, 1)[0];
            case 'b':
                return U32() switch { 0 => false, 1 => true, _ => throw new DBusProtocolException("A boolean is neither 0 nor 1.") };
            case 'n':
                return (short)U16();
            case 'q':
                return U16();
            case 'i':
                return (int)U32();
            case 'u':
                return U32();
            case 'x':
                return (long)U64();
            case 't':
                return U64();
            case 'd':
                return BitConverter.UInt64BitsToDouble(U64());
            case 's':
                return Text(U32());
            case 'o':
                return Text(U32()) is var path && DBusPath.IsValid(path) ? new DBusPath(path) : throw new DBusProtocolException("An object path is none.");
            case 'g':
                return DBusSignature.Parse(Text(Take(1, 1)[0]));
            case 'v':
                return Variant(depth);
            case '(':
                return Struct(types, at, depth);
            default:
                return Array(types, at + 1, depth);
        }
    }

    private DBusVariant Variant(int depth)
    {
        var signature = DBusSignature.Parse(Text(Take(1, 1)[0]));
        if (signature.Text.Length == 0 || DBusSignature.Skip(signature.Text, 0) != signature.Text.Length)
            throw new DBusProtocolException("A variant has not exactly one value.");
        return new DBusVariant(signature, Value(signature.Text, 0, depth + 1));
    }

    private object[] Struct(string types, int at, int depth)
    {
        Align(8);
        var fields = new List<object>();
        for (at++; types[at] != ')'; at = DBusSignature.Skip(types, at))
            fields.Add(Value(types, at, depth + 1));
        return [.. fields];
    }

    private object Array(string types, int at, int depth)
    {
        var length = U32();
        // The length excludes the padding before the first element.
        Align(DBusSignature.Alignment(types[at]));
        if (length > MaxArray || length > _bytes.Length - Position)
            throw new DBusProtocolException("An array is longer than its message or than 64 MiB.");
        var end = Position + (int)length;
        if (types[at] == 'y')
            return Take((int)length, 1).ToArray();

        object result = types[at] == '{' ? Entries(types, at, end, depth) : Elements(types, at, end, depth);
        return Position == end ? result : throw new DBusProtocolException("An array ends inside an element.");
    }

    private object[] Elements(string types, int at, int end, int depth)
    {
        var elements = new List<object>();
        while (Position < end)
            elements.Add(Value(types, at, depth + 1));
        return [.. elements];
    }

    private Dictionary<object, object> Entries(string types, int at, int end, int depth)
    {
        var entries = new Dictionary<object, object>();
        while (Position < end)
        {
            Align(8);
            var key = Value(types, at + 1, depth + 1);

            // A key that comes twice: the last one counts, as in other bindings.
            entries[key] = Value(types, at + 2, depth + 1);
        }

        return entries;
    }

    private ushort U16() => _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(Take(2, 2)) : BinaryPrimitives.ReadUInt16LittleEndian(Take(2, 2));

    private ulong U64() => _bigEndian ? BinaryPrimitives.ReadUInt64BigEndian(Take(8, 8)) : BinaryPrimitives.ReadUInt64LittleEndian(Take(8, 8));

    private string Text(uint length)
    {
        if (length >= _bytes.Length - Position)
            throw new DBusProtocolException("A string is longer than its message.");
        var text = Take((int)length, 1);
        if (Take(1, 1)[0] != 0 || text.Contains((byte)0))
            throw new DBusProtocolException("A string does not end where it says.");
        try
        {
            return Utf8.GetString(text);
        }
        catch (ArgumentException)
        {
            throw new DBusProtocolException("A string is not UTF-8.");
        }
    }

    private ReadOnlySpan<byte> Take(int length, int alignment)
    {
        var start = (Position + alignment - 1) & -alignment;
        if (start > _bytes.Length - length)
            throw new DBusProtocolException("A message ends inside a value.");
        Position = start + length;
        return _bytes.Slice(start, length);
    }
}
