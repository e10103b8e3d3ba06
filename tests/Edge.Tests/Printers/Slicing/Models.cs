using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Dwapi.Edge.Tests.Printers.Slicing;

/// <summary>Blocks as models of every kind.</summary>
internal static class Models
{
    public const string ContentTypes =
        """<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="model" ContentType="application/vnd.ms-package.3dmanufacturing-3dmodel+xml"/></Types>""";

    public const string Relations =
        """<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Target="/3D/3dmodel.model" Id="r1" Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel"/></Relationships>""";

    private static readonly int[][] Triangles =
    [
        [0, 2, 1], [0, 3, 2], [4, 5, 6], [4, 6, 7], [0, 1, 5], [0, 5, 4], [1, 2, 6], [1, 6, 5], [2, 3, 7], [2, 7, 6], [3, 0, 4], [3, 4, 7],
    ];

    public static byte[] BinaryStl(double x, double y, double z)
    {
        var corners = Corners(x, y, z);
        var bytes = new byte[84 + 50 * Triangles.Length];
        "solid, and binary all the same"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(80), Triangles.Length);
        for (var facet = 0; facet < Triangles.Length; facet++)
        {
            // The slicer takes a file for text if it sees no byte above 127 soon; -1 has one, as have nearly all numbers.
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(84 + 50 * facet), -1);
            for (var i = 0; i < 9; i++)
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(84 + 50 * facet + 12 + 4 * i), (float)corners[Triangles[facet][i / 3]][i % 3]);
        }

        return bytes;
    }

    public static byte[] TextStl(double x, double y, double z)
    {
        var corners = Corners(x, y, z);
        var text = new StringBuilder("solid block\n");
        foreach (var triangle in Triangles)
        {
            text.Append("facet normal 0 0 0\nouter loop\n");
            foreach (var corner in triangle)
                text.Append(CultureInfo.InvariantCulture, $"vertex {corners[corner][0]} {corners[corner][1]} {corners[corner][2]}\n");
            text.Append("endloop\nendfacet\n");
        }

        return Encoding.ASCII.GetBytes(text.Append("endsolid block\n").ToString());
    }

    public static byte[] Obj(double x, double y, double z)
    {
        var text = new StringBuilder("# a block\no block\n");
        foreach (var corner in Corners(x, y, z))
            text.Append(CultureInfo.InvariantCulture, $"v {corner[0]} {corner[1]} {corner[2]}\n");
        foreach (var triangle in Triangles)
            text.Append(CultureInfo.InvariantCulture, $"f {triangle[0] + 1} {triangle[1] + 1} {triangle[2] + 1}\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    public static byte[] ThreeMf(double x, double y, double z, params (string Name, string Text)[] more) =>
        Zip([("[Content_Types].xml", ContentTypes), ("_rels/.rels", Relations), ("3D/3dmodel.model", ModelOf(x, y, z)), .. more]);

    public static byte[] Zip(params IEnumerable<(string Name, string Text)> entries)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }

    private static string ModelOf(double x, double y, double z)
    {
        var vertices = string.Concat(Corners(x, y, z).Select(corner => string.Create(CultureInfo.InvariantCulture, $"""<vertex x="{corner[0]}" y="{corner[1]}" z="{corner[2]}"/>""")));
        var triangles = string.Concat(Triangles.Select(triangle => $"""<triangle v1="{triangle[0]}" v2="{triangle[1]}" v3="{triangle[2]}"/>"""));
        return $"""<?xml version="1.0" encoding="UTF-8"?><model unit="millimeter" xmlns="http://schemas.microsoft.com/3dmanufacturing/core/2015/02"><resources><object id="1" type="model"><mesh><vertices>{vertices}</vertices><triangles>{triangles}</triangles></mesh></object></resources><build><item objectid="1"/></build></model>""";
    }

    private static double[][] Corners(double x, double y, double z) =>
        [[0, 0, 0], [x, 0, 0], [x, y, 0], [0, y, 0], [0, 0, z], [x, 0, z], [x, y, z], [0, y, z]];
}
