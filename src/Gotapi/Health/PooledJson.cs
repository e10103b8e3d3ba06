using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dwapi.Gotapi.Health;

/// <summary>
/// One JSON writer per thread, used again and again: measurements are written millions of times and must cost no garbage beside
/// their bytes.
/// </summary>
internal static class PooledJson
{
    // The relaxed encoder leaves the + of a time stamp a +. Safe here: the bytes are served as application/json, never inside HTML.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static Utf8JsonWriter? _idle;

    public static Utf8JsonWriter Rent(IBufferWriter<byte> output)
    {
        var writer = _idle;
        if (writer is null)
            return new Utf8JsonWriter(output, Options);

        _idle = null;
        writer.Reset(output);
        return writer;
    }

    public static void Return(Utf8JsonWriter writer)
    {
        // Lets go of the caller's buffer; Reset(Stream) would allocate one of its own.
        writer.Reset(NoOutput.Instance);
        _idle = writer;
    }

    private sealed class NoOutput : IBufferWriter<byte>
    {
        public static readonly NoOutput Instance = new();

        public void Advance(int count) => throw new InvalidOperationException("This writer was given back.");

        public Memory<byte> GetMemory(int sizeHint = 0) => throw new InvalidOperationException("This writer was given back.");

        public Span<byte> GetSpan(int sizeHint = 0) => throw new InvalidOperationException("This writer was given back.");
    }
}
