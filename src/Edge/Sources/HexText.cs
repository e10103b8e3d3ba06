namespace Dwapi.Edge.Sources;

/// <summary>Bytes as people write them: <c>06 B0 0E</c>, <c>06:b0:0e</c>, <c>06b00e</c>, <c>0x06B00E</c>.</summary>
internal static class HexText
{
    /// <summary>Reads the bytes.</summary>
    /// <returns>False if there is anything but pairs of hex digits and separators.</returns>
    public static bool TryParse(string text, out byte[] bytes)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            text = text[2..];
        var digits = new string([.. text.Where(c => c is not (' ' or ':' or '-' or '\t'))]);
        bytes = [];
        if (digits.Length % 2 != 0 || !digits.All(char.IsAsciiHexDigit))
            return false;
        bytes = Convert.FromHexString(digits);
        return true;
    }
}
