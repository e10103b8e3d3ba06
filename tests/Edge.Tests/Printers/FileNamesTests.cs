using System.Text;
using Dwapi.Edge.Printers.Content;
using Dwapi.Edge.Printers.Jobs;

namespace Dwapi.Edge.Tests.Printers;

/// <summary>What a file is called, and what it is.</summary>
public sealed class FileNamesTests
{
    [Theory]
    [InlineData("Cube.3MF", "https://models.example/a.stl", "3mf")]
    [InlineData("", "https://models.example/a.stl?x=y.obj", "stl")]
    [InlineData("", "https://models.example/models/cube/file", "")]
    [InlineData("a.b c", null, "")]
    [InlineData("..\\x.gcode", null, "gcode")]
    public void TypeOf_IsThePlainExtension(string fileName, string? uri, string expected) =>
        Assert.Equal(expected, RemoteNames.TypeOf(fileName, uri is null ? null : new Uri(uri)));

    [Theory]
    [InlineData("PK\u0003\u0004", "3mf")]
    [InlineData("solid cube\n", "stl")]
    [InlineData("v 0 0 0\n", "obj")]
    [InlineData("# made by hand\nv 0 0 0\n", "obj")]
    [InlineData("G28\n", "gcode")]
    public void Kind_IsWhatTheFirstBytesSay(string start, string expected) => Assert.Equal(expected, FileKinds.Of(Encoding.ASCII.GetBytes(start)));

    [Fact]
    public void Kind_OfABinaryStl_IsKnownByItsHead() => Assert.Equal("stl", FileKinds.Of(new byte[84]));
}
