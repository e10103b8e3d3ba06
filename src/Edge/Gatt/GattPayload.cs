using System.Buffers.Binary;
using Dwapi.Gotapi.Quantities;

namespace Dwapi.Edge.Gatt;

/// <summary>Takes the fields of a payload one after the other; once it is too short, it stays so and gives zeros.</summary>
internal ref struct GattPayload(ReadOnlySpan<byte> payload)
{
    private ReadOnlySpan<byte> _rest = payload;

    /// <summary>True if a field did not fit: the record must be dropped.</summary>
    public bool TooShort { get; private set; }

    /// <summary>What has not been taken.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte U8() => Take(1) is { IsEmpty: false } bytes ? bytes[0] : (byte)0;

    public ushort U16() => Take(2) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : (ushort)0;

    public uint U32() => Take(4) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;

    public SFloat SFloat() => new(U16());

    public SFloat? SFloatIf(bool present) => present ? SFloat() : null;

    public ushort? U16If(bool present) => present ? U16() : null;

    public byte? U8If(bool present) => present ? U8() : null;

    public GattDateTime Time() =>
        Take(GattDateTime.Length) is { IsEmpty: false } bytes
            ? new GattDateTime(BinaryPrimitives.ReadUInt16LittleEndian(bytes), bytes[2], bytes[3], bytes[4], bytes[5], bytes[6])
            : default;

    public GattDateTime? TimeIf(bool present) => present ? Time() : null;

    /// <summary>Goes past a field that is not used.</summary>
    public void SkipIf(bool present, int length)
    {
        if (present)
            Take(length);
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (TooShort || _rest.Length < length)
        {
            TooShort = true;
            return default;
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
