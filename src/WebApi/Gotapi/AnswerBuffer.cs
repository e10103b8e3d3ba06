using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Dwapi.WebApi.Gotapi;

/// <summary>
/// Where an answer is put together before its length is known. One per thread, used again and again; from Begin to the end of the
/// answer there is no await, so no other request can get hold of it.
/// </summary>
internal sealed class AnswerBuffer : IBufferWriter<byte>
{
    private const int KeepAtMost = 64 * 1024;

    [ThreadStatic]
    private static AnswerBuffer? _idle;

    private byte[] _bytes = new byte[4096];
    private int _length;

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Takes this thread's buffer, empty.</summary>
    public static AnswerBuffer Rent()
    {
        var buffer = _idle ?? new AnswerBuffer();
        _idle = null;
        buffer._length = 0;
        return buffer;
    }

    /// <summary>Gives it back; a buffer that grew for one large answer is not kept.</summary>
    public static void Return(AnswerBuffer buffer)
    {
        if (buffer._bytes.Length <= KeepAtMost)
        {
            _idle = buffer;
        }
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length - _length < bytes.Length)
        {
            Grow(bytes.Length);
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    public void Write(long number)
    {
        Utf8Formatter.TryFormat(number, GetSpan(20), out var written);
        _length += written;
    }

    /// <summary>Writes a comma, a name and a string.</summary>
    public void WriteMember(ReadOnlySpan<byte> commaNameColon, string text)
    {
        Write(commaNameColon);
        WriteString(text);
    }

    /// <summary>Writes a JSON string with its quotes.</summary>
    public void WriteString(string text)
    {
        Write("\""u8);
        Write(JsonEncodedText.Encode(text).EncodedUtf8Bytes);
        Write("\""u8);
    }

    /// <summary>Writes text that needs no escaping (hex digits, ids of ours), with its quotes.</summary>
    public void WriteAscii(ReadOnlySpan<char> text)
    {
        var span = GetSpan(text.Length + 2);
        span[0] = (byte)'"';
        System.Text.Encoding.ASCII.GetBytes(text, span[1..]);
        span[text.Length + 1] = (byte)'"';
        _length += text.Length + 2;
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return _bytes.AsSpan(_length);
    }

    private void Ensure(int sizeHint)
    {
        var needed = Math.Max(sizeHint, 1);
        if (_bytes.Length - _length < needed)
        {
            Grow(needed);
        }
    }

    private void Grow(int needed) => Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + needed));
}
