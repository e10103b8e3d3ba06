using Dwapi.Edge.Printers.Jobs;

namespace Dwapi.Edge.Tests.Printers;

/// <summary>What a file is called.</summary>
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
}
