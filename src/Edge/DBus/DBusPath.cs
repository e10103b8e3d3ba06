namespace Dwapi.Edge.DBus;

/// <summary>An object path (type <c>o</c>).</summary>
/// <param name="Text">The path.</param>
internal readonly record struct DBusPath(string Text)
{
    /// <summary>True for <c>/</c>, and for elements of letters, digits and underscores that a slash precedes each.</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        if (text is "/")
            return true;
        if (text.IsEmpty || text[0] != '/' || text[^1] == '/')
            return false;
        for (var i = 1; i < text.Length; i++)
        {
            if (!(char.IsAsciiLetterOrDigit(text[i]) || text[i] == '_' || (text[i] == '/' && text[i - 1] != '/')))
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
