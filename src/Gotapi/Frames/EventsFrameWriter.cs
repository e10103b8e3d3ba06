using System.Buffers;
using System.Buffers.Text;

namespace Dwapi.Gotapi.Frames;

/// <summary>Splices the items of an outbox into an EVENTS frame, up to the limits of one frame.</summary>
public sealed class EventsFrameWriter
{
    private readonly ArrayBufferWriter<byte> _output = new(4096);

    /// <summary>Makes an empty frame.</summary>
    public EventsFrameWriter() => Clear();

    /// <summary>Items in the frame.</summary>
    public int Count { get; private set; }

    /// <summary>Adds an item.</summary>
    /// <param name="sequence">Its sequence, above 0.</param>
    /// <param name="item">What <see cref="EventItemWriter"/> wrote.</param>
    /// <returns>False if the frame is full: send it, clear it, and add again.</returns>
    public bool TryAdd(long sequence, ReadOnlySpan<byte> item)
    {
        const int envelope = 40;
        if (Count == LinkLimits.MaxItems || _output.WrittenCount + item.Length + envelope > LinkLimits.MaxItemsBytes)
            return false;

        _output.Write(Count == 0 ? "{\"sequence\":"u8 : ",{\"sequence\":"u8);
        Span<byte> number = stackalloc byte[20];
        Utf8Formatter.TryFormat(sequence, number, out var length);
        _output.Write(number[..length]);
        _output.Write(","u8);
        _output.Write(item[1..]);
        Count++;
        return true;
    }

    /// <summary>Ends the frame.</summary>
    /// <returns>Its bytes, good until <see cref="Clear"/>.</returns>
    public ReadOnlyMemory<byte> End()
    {
        _output.Write("]}"u8);
        return _output.WrittenMemory;
    }

    /// <summary>Begins a new frame in the same memory.</summary>
    public void Clear()
    {
        _output.ResetWrittenCount();
        _output.Write("{\"method\":\"EVENTS\",\"items\":["u8);
        Count = 0;
    }
}
