using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Dwapi.Edge.Sources.Replay;

/// <summary>Reads a capture file: JSON lines, one value each, in the order of their reception; see docs/edge.md.</summary>
internal static class CaptureFile
{
    /// <summary>Reads line by line.</summary>
    /// <exception cref="CaptureException">The file or a line cannot be read.</exception>
    public static async IAsyncEnumerable<CaptureLine> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = Open(path);
        for (var number = 1; await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } text; number++)
        {
            if (!string.IsNullOrWhiteSpace(text) && !text.StartsWith('#'))
                yield return Parse(text, $"{path} line {number}");
        }
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CaptureException($"The capture {path} cannot be read: {e.Message}", e);
        }
    }

    private static CaptureLine Parse(string text, string where)
    {
        try
        {
            var record = JsonSerializer.Deserialize(text, CaptureJson.Default.CaptureRecord);
            return record is not { Time: { } time, Address: { Length: > 0 } address, Characteristic: { } characteristic, Hex: { } hex }
                ? throw new CaptureException($"{where}: time, address, characteristic and hex are needed.")
                : !CharacteristicName.TryParse(characteristic, out var number)
                ? throw new CaptureException($"{where}: {characteristic} is no characteristic. Write 2A1C, a UUID or a name.")
                : !HexText.TryParse(hex, out var payload)
                ? throw new CaptureException($"{where}: hex is not pairs of hex digits.")
                : new CaptureLine(time, address, record.Name, new GattValue(number, payload));
        }
        catch (JsonException e)
        {
            // Not the parser's message: it shows a piece of the line, and a line holds a measured value.
            throw new CaptureException($"{where}: not a JSON object with time, address, characteristic and hex (byte {e.BytePositionInLine}).", e);
        }
    }
}
