using System.IO.Compression;
using System.Text;
using Dwapi.Edge.Printers.Content;
using Dwapi.Edge.Printers.Slicing;
using Dwapi.Edge.Tests.Support;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Tests.Printers.Slicing;

/// <summary>3MF packages from outside: nothing but their models gets through, and not without end.</summary>
public sealed class ThreeMfPackageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Package_KeepsItsModels_AndLosesSettingsAndPaths()
    {
        var package = Models.ThreeMf(
            20, 20, 20, ("Metadata/Slic3r_PE.config", "; post_process = /bin/evil"), ("3D/../../x.model", "x"), ("/3D/y.model", "y"), ("3D/Objects/part.model", "<model/>"));

        await CopyAsync(package);

        using var copy = ZipFile.OpenRead(_folder["copy"]);
        Assert.Equal(["[Content_Types].xml", "_rels/.rels", "3D/3dmodel.model", "3D/Objects/part.model"], copy.Entries.Select(entry => entry.FullName));
        using var model = new StreamReader(copy.GetEntry("3D/3dmodel.model")!.Open());
        Assert.Contains("triangle", await model.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Package_ThatUnpacksToMoreThanAllowed_IsRefusedBeforeItIsUnpacked()
    {
        var bomb = Models.Zip(("[Content_Types].xml", Models.ContentTypes), ("3D/3dmodel.model", new string(' ', 20 << 20)));
        Assert.InRange(bomb.Length, 1, 100_000);

        var end = await Assert.ThrowsAsync<SliceException>(() => CopyAsync(bomb));

        Assert.Equal(PrintErrorCode.SliceFailed, end.Code);
        Assert.Contains("larger than 1 MB", end.Message, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(_folder["copy"]).Length, 0, 100_000);
    }

    [Fact]
    public async Task Package_WithTooManyParts_IsRefused() => await RefusedAsync(
        Models.Zip(Enumerable.Range(0, 2000).Select(i => ($"3D/{i}.model", ""))), "more than 1000 parts");

    [Fact]
    public async Task Package_WhoseEndLiesAboutItsDirectory_IsRefused()
    {
        var bytes = Models.ThreeMf(20, 20, 20);
        bytes[^6]++;

        await RefusedAsync(bytes, "directory is not where");
    }

    [Fact]
    public async Task Package_WithTheEndOfLargeFiles_IsRead()
    {
        var bytes = Large(Models.ThreeMf(20, 20, 20));

        await CopyAsync(bytes);
        using (var copy = ZipFile.OpenRead(_folder["copy"]))
            Assert.NotNull(copy.GetEntry("3D/3dmodel.model"));
        bytes[^30] = 0x7F;
        await RefusedAsync(bytes, "its end is damaged");
    }

    [Fact]
    public async Task Zip_WithoutModel_IsNo3mf() => await RefusedAsync(Models.Zip(("a.txt", "hello")), "no model in it");

    [Fact]
    public async Task Package_CutAnywhere_IsRefusedAndNothingElse()
    {
        var whole = Models.ThreeMf(20, 20, 20);
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var damaged = whole[..random.Next(4, whole.Length)];
            await Assert.ThrowsAsync<SliceException>(() => CopyAsync(damaged));
        }
    }

    [Fact]
    public async Task Package_DamagedAnywhere_IsReadOrRefusedAndNothingElse()
    {
        var whole = Models.ThreeMf(20, 20, 20);
        var random = new Random(8);
        for (var i = 0; i < 500; i++)
        {
            var damaged = whole.ToArray();
            for (var j = random.Next(1, 4); j > 0; j--)
                damaged[random.Next(4, whole.Length)] = (byte)random.Next(256);
            try
            {
                await CopyAsync(damaged);
            }
            catch (SliceException e)
            {
                Assert.Contains("export", e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Kinds_AreToldByContent()
    {
        Assert.Equal(FileKind.Stl, Kind(Models.BinaryStl(1, 2, 3)));
        Assert.Equal(FileKind.Stl, Kind(Models.TextStl(1, 2, 3)));
        Assert.Equal(FileKind.Obj, Kind(Models.Obj(1, 2, 3)));
        Assert.Equal(FileKind.Obj, Kind(Encoding.ASCII.GetBytes($"#{new string('c', 5000)}\nmtllib a.mtl\ng x\nv 1 2 3\n")));
        Assert.Equal(FileKind.ThreeMf, Kind(Models.ThreeMf(1, 2, 3)));
        Assert.Equal(FileKind.Gcode, Kind("g1 x10\nG28\n"u8.ToArray()));
        Assert.Equal(FileKind.Gcode, Kind("solid ground\n"u8.ToArray()));
        Assert.Equal(FileKind.BinaryGcode, Kind("GCDE\x01\0\0\0\0"u8.ToArray()));
        Assert.Equal(FileKind.Unknown, Kind("\x7fELF\x02\x01\x01\0\0\0"u8.ToArray()));
        Assert.Equal(FileKind.Unknown, Kind([]));
    }

    public void Dispose() => _folder.Dispose();

    // The same directory behind the records that writers of large files use.
    private static byte[] Large(byte[] zip)
    {
        var end = zip.AsSpan(zip.Length - 22);
        var directory = zip.Length - 22;
        var bytes = new MemoryStream();
        var writer = new BinaryWriter(bytes);
        writer.Write(zip.AsSpan(0, directory));
        writer.Write("PK\x06\x06"u8);
        writer.Write(44L);
        writer.Write((short)45);
        writer.Write((short)45);
        writer.Write(0L);
        writer.Write((long)BitConverter.ToUInt16(end[8..]));
        writer.Write((long)BitConverter.ToUInt16(end[10..]));
        writer.Write((long)BitConverter.ToUInt32(end[12..]));
        writer.Write((long)BitConverter.ToUInt32(end[16..]));
        writer.Write("PK\x06\x07"u8);
        writer.Write(0);
        writer.Write((long)directory);
        writer.Write(1);
        writer.Write((byte[])[0x50, 0x4B, 5, 6, 0, 0, 0, 0, .. Enumerable.Repeat((byte)0xFF, 12), 0, 0]);
        return bytes.ToArray();
    }

    private FileKind Kind(byte[] bytes)
    {
        File.WriteAllBytes(_folder["file"], bytes);
        return FileKinds.Of(_folder["file"]);
    }

    private async Task RefusedAsync(byte[] package, string text)
    {
        var end = await Assert.ThrowsAsync<SliceException>(() => CopyAsync(package));
        Assert.Equal(PrintErrorCode.WrongType, end.Code);
        Assert.Contains(text, end.Message, StringComparison.Ordinal);
    }

    private async Task CopyAsync(byte[] package)
    {
        await File.WriteAllBytesAsync(_folder["package"], package, CancellationToken.None);
        File.Delete(_folder["copy"]);
        await ThreeMfPackage.CopyModelAsync(_folder["package"], _folder["copy"], 1, CancellationToken.None);
    }
}
