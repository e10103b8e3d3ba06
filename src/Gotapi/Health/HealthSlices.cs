using System.Buffers;

namespace Dwapi.Gotapi.Health;

/// <summary>
/// Splices the three slices of a measurement into the object of an answer or event, without parsing them (DECISIONS 10).
/// </summary>
public static class HealthSlices
{
    /// <summary>The members of an object slice, without its outer braces: what is spliced. Empty for an empty object.</summary>
    /// <exception cref="ArgumentException">Not an object.</exception>
    public static ReadOnlyMemory<byte> Inner(ReadOnlyMemory<byte> slice)
    {
        var trimmed = slice.Trim(" \t\r\n"u8);
        if (trimmed.Length < 2 || trimmed.Span[0] != '{' || trimmed.Span[^1] != '}')
            throw new ArgumentException("A slice is a JSON object.", nameof(slice));
        return trimmed[1..^1].Trim(" \t\r\n"u8);
    }

    /// <summary>Writes <c>"NAME":{"device":{...},quantities}</c>, the part of an answer or event that the slices make.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="attribute">Whose object.</param>
    /// <param name="device">Inner of the device slice; empty for an event, which carries the battery alone.</param>
    /// <param name="batteryLevel">The battery number; empty for the answer to PUT, which carries the device alone.</param>
    /// <param name="quantities">Inner of the quantities slice; empty for the answer to PUT.</param>
    public static void WriteMember(
        IBufferWriter<byte> output, HealthAttribute attribute, ReadOnlySpan<byte> device, ReadOnlySpan<byte> batteryLevel, ReadOnlySpan<byte> quantities)
    {
        output.Write("\""u8);
        output.Write(attribute.EncodedName.EncodedUtf8Bytes);
        output.Write("\":{\"device\":{"u8);
        output.Write(device);
        if (!batteryLevel.IsEmpty)
        {
            output.Write(device.IsEmpty ? "\"batteryLevel\":"u8 : ",\"batteryLevel\":"u8);
            output.Write(batteryLevel);
        }

        output.Write("}"u8);
        if (!quantities.IsEmpty)
        {
            output.Write(","u8);
            output.Write(quantities);
        }

        output.Write("}"u8);
    }
}
