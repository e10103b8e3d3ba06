using System.Security.Cryptography;

namespace Dwapi.ContentServer.Tests;

/// <summary>A folder of models.</summary>
public sealed class ContentModelsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dwapi-models-");

    [Fact]
    public void Of_AFolder_HasWhatCanBePrinted_WithDigestAndAnIdThatFitsAnAddress()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "Tray (large).GCODE"), "G28\n");
        File.WriteAllText(Path.Combine(_folder.FullName, "cube.stl"), "solid cube\n");
        File.WriteAllText(Path.Combine(_folder.FullName, "notes.txt"), "not this");

        var models = ContentModels.Of(_folder.FullName);

        Assert.Equal(["Tray--large-", "cube"], models.All.Select(model => model.Id));
        var tray = models.Find("Tray--large-")!;
        Assert.Equal(("text/x.gcode", "Tray (large).GCODE", 4L, (string?)null), (tray.MediaType, tray.FileName, tray.Size, tray.Preview));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("G28\n"u8)), tray.Sha256);
        Assert.Same(tray, models.OfAddress(new Uri("https://models.example/content/models/Tray--large-/file")));
        Assert.Null(models.Find("notes"));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
