using System.Text;
using Dwapi.Grains.Settings;
using Dwapi.Storage.Secrets;
using Microsoft.Extensions.Options;

namespace Dwapi.Storage.Tests.Secrets;

public sealed class SecretBoxTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("dwapi-secrets-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Seal_AndOpenByTheNextProcess_GivesTheSecret()
    {
        var box = Box(_directory).Seal("secret");

        Assert.Equal("secret", Box(_directory).Open(box));
        Assert.Equal(-1, box.AsSpan().IndexOf(Encoding.UTF8.GetBytes("secret")));
        Assert.NotEqual(box, Box(_directory).Seal("secret"));
    }

    [Fact]
    public void Open_ChangedOrOfAnotherKey_IsNull()
    {
        var box = Box(_directory).Seal("secret");
        var other = Box("").Seal("secret");
        box[^1] ^= 1;

        Assert.Null(Box(_directory).Open(box));
        Assert.Null(Box(_directory).Open(other));
        Assert.Null(Box(_directory).Open([1, 2, 3]));
    }

    [Fact]
    public void Key_IsTheOwnersAlone()
    {
        Box(_directory).Seal("secret");

        if (OperatingSystem.IsWindows())
            Assert.Skip("Windows has no file modes.");
        else
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_directory, "secrets.key")));
    }

    private static SecretBox Box(string directory) => new(Options.Create(new DwapiOptions { DataDirectory = directory }));
}
