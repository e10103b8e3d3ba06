namespace Dwapi.Edge.Printers.Ipp;

/// <summary>What a printer says in free text. It may repeat an address or token that it was given, so those words are left out before anybody sees it.</summary>
internal static class IppWords
{
    // 128 random bits are 22 letters and digits.
    private const int LongestWord = 32;
    private const int LongestMixedWord = 16;
    private const int Longest = 200;

    /// <summary>The text on one line, without words that can be an address or a token.</summary>
    public static string Plain(string text)
    {
        var plain = string.Join(' ', Words(text));
        return plain.Length <= Longest ? plain : plain[..Longest];
    }

    /// <summary>Whether a text about a failed download says that the content server refused: by the code in parentheses (RFC 8011 4.1.6.4), or in words.</summary>
    public static bool SaysRefused(string text) =>
        text.Contains("(401)", StringComparison.Ordinal) || text.Contains("(403)", StringComparison.Ordinal)
        || Words(text).Any(word => word.Trim('.', ',', ':', ';', '(', ')', '"') is "401" or "403" || IsRefusal(word));

    private static bool IsRefusal(string word) =>
        word.Contains("unauthorized", StringComparison.OrdinalIgnoreCase) || word.Contains("forbidden", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Words(string text) =>
        text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Where(word => !MayBeSecret(word));

    private static bool MayBeSecret(string word) =>
        word.Length > LongestWord || (word.Length > LongestMixedWord && word.Any(char.IsAsciiDigit) && word.Any(char.IsAsciiLetter))
        || word.Contains("//", StringComparison.Ordinal) || word.IndexOfAny(['=', '?', '%']) >= 0;
}
