namespace Dwapi.Edge.Gcode;

/// <summary>What of a line is the command.</summary>
internal static class GcodeLine
{
    /// <summary>From the first letter of the command to the comment; nothing is left of a line without a command.</summary>
    public static ReadOnlySpan<byte> Code(ReadOnlySpan<byte> line)
    {
        line = WithoutComment(line);
        while (!line.IsEmpty)
        {
            // Blanks, the marks of an optional line and of the program, the end of file of old systems, a byte order mark, a comment, a line number.
            if (GcodeWords.IsBlank(line[0]) || line[0] is (byte)'/' or (byte)'%' or 0x1A)
                line = line[1..];
            else if (line.StartsWith("\uFEFF"u8))
                line = line[3..];
            else if (line[0] == '(')
                line = line.IndexOf((byte)')') is > 0 and var end ? line[(end + 1)..] : default;
            else if (line.Length > 1 && (line[0] | 0x20) == 'n' && GcodeWords.IsDigit(line[1]))
                line = line[(1 + Digits(line[1..]))..];
            else
                break;
        }

        return line;
    }

    /// <summary>How many digits a text begins with.</summary>
    public static int Digits(ReadOnlySpan<byte> text) => text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is >= 0 and var end ? end : text.Length;

    // A semicolon in parentheses begins no comment where parentheses are one.
    private static ReadOnlySpan<byte> WithoutComment(ReadOnlySpan<byte> line)
    {
        var end = line.IndexOf((byte)';');
        if (end < 0)
            return line;
        var open = line[..end].LastIndexOf((byte)'(');
        return open >= 0 && line[open..end].IndexOf((byte)')') < 0 ? line : line[..end];
    }
}
