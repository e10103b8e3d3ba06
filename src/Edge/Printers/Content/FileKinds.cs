namespace Dwapi.Edge.Printers.Content;

/// <summary>What a file really is, by its first bytes; an extension is not believed.</summary>
internal static class FileKinds
{
    /// <summary>What is none of the models.</summary>
    public const string Gcode = "gcode";

    private const int Head = 4096;

    // 80 bytes of anything, then the number of facets.
    private const int BinaryStlHead = 84;

    /// <summary>3mf, stl or obj for a model, gcode for everything else.</summary>
    public static string Of(string path)
    {
        var head = new byte[Head];
        using var file = File.OpenRead(path);
        return Of(head.AsSpan(0, file.ReadAtLeast(head, Head, throwOnEndOfStream: false)));
    }

    /// <summary>The same of a file's first bytes.</summary>
    public static string Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PK\x03\x04"u8))
            return "3mf";
        if (head.StartsWith("solid "u8) || (head.Length >= BinaryStlHead && head[..80].Contains((byte)0)))
            return "stl";
        return head.StartsWith("v "u8) || head.StartsWith("o "u8) || head.IndexOf("\nv "u8) >= 0 ? "obj" : Gcode;
    }
}
