using System.Text;

namespace Dwapi.Edge.Gcode;

/// <summary>Arguments of an extended command of Klipper, <c>NAME=VALUE</c> separated by blanks.</summary>
internal static class GcodeArguments
{
    /// <summary>Reads them, names in upper case; null if they are written so that only Klipper's own reader knows what they mean.</summary>
    public static List<(string Name, string Value)>? Read(ReadOnlySpan<byte> text)
    {
        var all = Encoding.Latin1.GetString(text);
        if (all.AsSpan().IndexOfAny("\"'\\{") >= 0)
            return null;
        var arguments = new List<(string, string)>();
        foreach (var word in all.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                arguments.Add((word[..equals].ToUpperInvariant(), word[(equals + 1)..]));
        }

        return arguments;
    }

    /// <summary>The number that a value is; false if it is none in plain digits.</summary>
    public static bool IsNumber(string value, out double number)
    {
        var bytes = Encoding.Latin1.GetBytes(value);
        return GcodeWords.Number(bytes, out number) == bytes.Length && bytes.Length > 0;
    }
}
