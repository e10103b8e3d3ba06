namespace Dwapi.Edge.DBus;

/// <summary>A sequence of complete types (type <c>g</c>).</summary>
/// <param name="Text">The type codes.</param>
internal readonly record struct DBusSignature(string Text)
{
    private const int MaxLength = 255;
    private const int MaxNesting = 32;
    private const string Basic = "ybnqiuxtdsog";

    /// <summary>No value.</summary>
    public static readonly DBusSignature Empty = new("");

    /// <summary>Takes a signature from outside.</summary>
    /// <exception cref="DBusProtocolException">It is none, it nests too deep, or it has file descriptors.</exception>
    public static DBusSignature Parse(string text)
    {
        if (text.Length > MaxLength)
            throw new DBusProtocolException("A signature is longer than 255.");
        for (var at = 0; at < text.Length;)
            at = End(text, at, 0, 0);
        return new DBusSignature(text);
    }

    /// <summary>Where the complete type that begins here ends; the signature is a valid one.</summary>
    public static int Skip(string text, int at)
    {
        while (text[at] == 'a')
            at++;
        if (text[at] is not ('(' or '{'))
            return at + 1;
        var depth = 0;
        do
            depth += text[at++] switch { '(' or '{' => 1, ')' or '}' => -1, _ => 0 };
        while (depth > 0);
        return at;
    }

    /// <summary>Alignment of the type that a code begins.</summary>
    public static int Alignment(char code) => code switch
    {
        'y' or 'g' or 'v' => 1,
        'n' or 'q' => 2,
        'x' or 't' or 'd' or '(' or '{' => 8,
        _ => 4,
    };

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static int End(string text, int at, int arrays, int structs)
    {
        var code = at < text.Length ? text[at] : '\0';
        if (Basic.Contains(code) || code == 'v')
            return at + 1;
        switch (code)
        {
            case 'a' when arrays < MaxNesting && at + 1 < text.Length && text[at + 1] == '{' && structs < MaxNesting:
                // A dictionary entry exists only inside an array: a basic key and one value.
                if (at + 2 >= text.Length || !Basic.Contains(text[at + 2]))
                    break;
                at = End(text, at + 3, arrays + 1, structs + 1);
                if (at < text.Length && text[at] == '}')
                    return at + 1;
                break;
            case 'a' when arrays < MaxNesting:
                return End(text, at + 1, arrays + 1, structs);
            case '(' when structs < MaxNesting && at + 1 < text.Length && text[at + 1] != ')':
                at++;
                while (at < text.Length && text[at] != ')')
                    at = End(text, at, arrays, structs + 1);
                if (at < text.Length)
                    return at + 1;
                break;
            case 'h':
                throw new DBusProtocolException("File descriptors are not taken.");
        }

        throw new DBusProtocolException("A signature is malformed or nests too deep.");
    }
}
