using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Dwapi.Gotapi.Health;

namespace Dwapi.Gotapi.Frames;

/// <summary>
/// Writes an item of an EVENTS frame without its sequence, which the outbox gives: this is what the outbox stores, and
/// <see cref="EventsFrameWriter"/> splices.
/// </summary>
public static class EventItemWriter
{
    /// <summary>The bytes that mark an item as <see cref="EventItem.Continuous"/>; nothing else in an item can look like them.</summary>
    public static ReadOnlySpan<byte> ContinuousMark => ",\"continuous\":true,\"batteryLevel\":"u8;

    /// <summary>Writes the item.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="serviceId">Whose measurement; see <see cref="ServiceIdRule"/>.</param>
    /// <param name="profile">Its profile, a name without characters that JSON escapes.</param>
    /// <param name="attribute">Its attribute, likewise.</param>
    /// <param name="receivedAt">Reception, Unix milliseconds.</param>
    /// <param name="stamped">True if the device gave the time of measurement.</param>
    /// <param name="identity">Identity, if the device's clock advances.</param>
    /// <param name="batteryLevel">The battery slice.</param>
    /// <param name="quantities">The quantities slice.</param>
    /// <param name="continuous">True for one of the values that a device gives on and on; see <see cref="EventItem.Continuous"/>.</param>
    public static void Write(
        IBufferWriter<byte> output, string serviceId, string profile, string attribute, long receivedAt, bool stamped,
        MeasurementIdentity? identity, ReadOnlySpan<byte> batteryLevel, ReadOnlySpan<byte> quantities, bool continuous = false)
    {
        output.Write("{\"serviceId\":\""u8);
        Ascii(output, serviceId);
        output.Write("\",\"profile\":\""u8);
        Ascii(output, profile);
        output.Write("\",\"attribute\":\""u8);
        Ascii(output, attribute);
        output.Write("\",\"receivedAt\":"u8);
        Span<byte> number = stackalloc byte[20];
        Utf8Formatter.TryFormat(receivedAt, number, out var length);
        output.Write(number[..length]);
        output.Write(stamped ? ",\"stamped\":true"u8 : ",\"stamped\":false"u8);
        if (identity is { } id)
        {
            output.Write(",\"identity\":\""u8);
            Span<byte> hex = stackalloc byte[16];
            Utf8Formatter.TryFormat(id.High, hex, out _, new StandardFormat('x', 16));
            output.Write(hex);
            Utf8Formatter.TryFormat(id.Low, hex, out _, new StandardFormat('x', 16));
            output.Write(hex);
            output.Write("\""u8);
        }

        output.Write(continuous ? ContinuousMark : ",\"batteryLevel\":"u8);
        output.Write(batteryLevel);
        output.Write(",\"quantities\":"u8);
        output.Write(quantities);
        output.Write("}"u8);
    }

    private static void Ascii(IBufferWriter<byte> output, string text)
    {
        if (!ServiceIdRule.IsValid(text))
            throw new ArgumentException("Not a name that goes into a frame unescaped.");
        var span = output.GetSpan(text.Length);
        output.Advance(Encoding.ASCII.GetBytes(text, span));
    }
}
