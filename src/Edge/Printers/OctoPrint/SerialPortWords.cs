namespace Dwapi.Edge.Printers.OctoPrint;

/// <summary>
/// OctoPrint's words about its connection to the printer. It uses one place for them and for the firmware's, but that a cable came off is no fault of
/// the firmware.
/// </summary>
internal static class SerialPortWords
{
    private const string Silence = "Too many consecutive timeouts";

    /// <summary>True if the words tell of a lost connection: an exception of OctoPrint's own by its name, such as <c>SerialException: ...</c>, or silence.</summary>
    public static bool Lost(string words) => words.StartsWith(Silence, StringComparison.Ordinal) || words.IndexOf(':') is > 0 and var end && IsException(words[..end]);

    /// <summary>The same for people.</summary>
    /// <param name="words">OctoPrint's; "" where it says nothing, as when somebody disconnects it.</param>
    public static string Say(string words) =>
        words.Trim(' ', ':', '.') is { Length: > 0 } said ? $"OctoPrint lost the connection to its printer ({said})" : "OctoPrint's connection to its printer was closed";

    private static bool IsException(string name) => name.All(char.IsAsciiLetter)
        && (name.EndsWith("Exception", StringComparison.Ordinal) || (name.EndsWith("Error", StringComparison.Ordinal) && name != "Error"));
}
