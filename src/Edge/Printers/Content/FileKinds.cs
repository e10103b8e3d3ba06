using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Dwapi.Edge.Printers.Content;

/// <summary>Tells kinds of files by their content; names and extensions come from outside and are not looked at.</summary>
internal static class FileKinds
{
    /// <summary>Media type of G-code.</summary>
    public const string Gcode = "text/x.gcode";

    /// <summary>Media types of models that the slicer takes.</summary>
    public static readonly ImmutableArray<string> Models = ["model/stl", "model/3mf", "model/obj"];

    // A comment of some kilobytes before the first vertex is usual.
    private const int Head = 64 * 1024;
    private const int StlHeader = 84;
    private const int StlFacet = 50;

    /// <summary>True for what needs a slicer.</summary>
    public static bool IsModel(this FileKind kind) => kind is FileKind.Stl or FileKind.ThreeMf or FileKind.Obj;

    /// <summary>The extension of a kind, without its dot, as <see cref="MediaTypes"/> knows it; "" for what has none.</summary>
    public static string Extension(this FileKind kind) => kind switch
    {
        FileKind.Gcode => "gcode",
        FileKind.Stl => "stl",
        FileKind.ThreeMf => "3mf",
        FileKind.Obj => "obj",
        _ => "",
    };

    /// <summary>The kind of a file.</summary>
    public static FileKind Of(string path)
    {
        using var file = File.OpenRead(path);
        var buffer = new byte[Head];
        var head = buffer.AsSpan(0, file.ReadAtLeast(buffer, Head, throwOnEndOfStream: false));
        if (head.StartsWith("PK\x03\x04"u8))
            return FileKind.ThreeMf;
        if (head.StartsWith("GCDE"u8))
            return FileKind.BinaryGcode;

        // Before the text: many a binary one begins with "solid" too.
        if (head.Length >= StlHeader
            && StlHeader + StlFacet * (long)BinaryPrimitives.ReadUInt32LittleEndian(head[(StlHeader - 4)..]) == file.Length)
        {
            return FileKind.Stl;
        }

        if (head.Length == 0 || head.Contains((byte)0))
            return FileKind.Unknown;
        return IsTextStl(head) ? FileKind.Stl : IsObj(head) ? FileKind.Obj : FileKind.Gcode;
    }

    private static bool IsTextStl(ReadOnlySpan<byte> head)
    {
        var text = head.TrimStart(" \t\r\n"u8);
        return text.StartsWith("solid"u8) && (text.IndexOf("facet"u8) >= 0 || text.IndexOf("endsolid"u8) >= 0);
    }

    // Statements of OBJ up to the first vertex; G-code has none of them.
    private static bool IsObj(ReadOnlySpan<byte> head)
    {
        foreach (var line in head.Split((byte)'\n'))
        {
            var words = Encoding.Latin1.GetString(head[line]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0].StartsWith('#'))
                continue;
            if (words[0] == "v")
                return words.Length >= 4 && words.Skip(1).Take(3).All(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
            if (words[0] is not ("mtllib" or "usemtl" or "o" or "g" or "s" or "vn" or "vt"))
                return false;
        }

        return false;
    }
}
