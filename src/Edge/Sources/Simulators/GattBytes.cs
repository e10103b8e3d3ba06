using System.Buffers.Binary;
using System.Text;

namespace Dwapi.Edge.Sources.Simulators;

/// <summary>Puts a GATT payload together as a device does: little-endian, flags first, optional fields in their order.</summary>
internal sealed class GattBytes
{
    private readonly List<byte> _bytes = [];

    public GattBytes U8(int value)
    {
        _bytes.Add((byte)value);
        return this;
    }

    public GattBytes U16(int value)
    {
        Span<byte> two = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(two, (ushort)value);
        _bytes.AddRange(two);
        return this;
    }

    /// <summary>An 11073 FLOAT.</summary>
    public GattBytes Float(int mantissa, sbyte exponent)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(four, (mantissa & 0xFFFFFF) | (exponent << 24));
        _bytes.AddRange(four);
        return this;
    }

    /// <summary>An 11073 SFLOAT.</summary>
    public GattBytes SFloat(int mantissa, sbyte exponent) => U16((mantissa & 0xFFF) | ((exponent & 0xF) << 12));

    /// <summary>An SFLOAT that says that there is no value.</summary>
    public GattBytes SFloatNaN() => U16(0x07FF);

    /// <summary>A Date Time of seven bytes.</summary>
    public GattBytes DateTime(DateTime time) =>
        U16(time.Year).U8(time.Month).U8(time.Day).U8(time.Hour).U8(time.Minute).U8(time.Second);

    public GattBytes Text(string text)
    {
        _bytes.AddRange(Encoding.UTF8.GetBytes(text));
        return this;
    }

    public GattValue Value(ushort characteristic) => new(characteristic, _bytes.ToArray());
}
