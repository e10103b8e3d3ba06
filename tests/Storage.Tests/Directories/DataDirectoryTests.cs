using Dwapi.Storage.Commits;
using Dwapi.Storage.Directories;
using Dwapi.Storage.Sqlite;
using Dwapi.Storage.Tests.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dwapi.Storage.Tests.Directories;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Take_HeldAlready_IsRefusedInOneLineThatNamesDirectoryAndOption()
    {
        using var held = DataDirectory.Take(_directory.Path);

        var thrown = Assert.Throws<DataDirectoryException>(() => DataDirectory.Take(_directory.Path));

        Assert.Contains(_directory.Path, thrown.Message, StringComparison.Ordinal);
        Assert.Contains("--Dwapi:DataDirectory", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', thrown.Message);
    }

    [Fact]
    public void Take_AfterRelease_Succeeds()
    {
        DataDirectory.Take(_directory.Path).Dispose();

        DataDirectory.Take(_directory.Path).Dispose();
    }

    [Fact]
    public void Take_MissingDirectory_MakesIt()
    {
        var path = Path.Combine(_directory.Path, "a", "b");

        DataDirectory.Take(path).Dispose();

        Assert.True(Directory.Exists(path));
    }

    [Fact]
    public void Take_PathIsAFile_IsRefusedInOneLine()
    {
        var path = Path.Combine(_directory.Path, "file");
        File.WriteAllText(path, "");

        var thrown = Assert.Throws<DataDirectoryException>(() => DataDirectory.Take(path));

        Assert.Contains(path, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_DamagedFile_IsRefusedWithAdviceAndLetsGoOfTheDirectory()
    {
        File.WriteAllText(Path.Combine(_directory.Path, SqliteDatabase.FileName), new string('x', 8192));

        var thrown = Assert.Throws<DataDirectoryException>(Open);

        Assert.Contains("damaged", thrown.Message, StringComparison.Ordinal);
        DataDirectory.Take(_directory.Path).Dispose();
    }

    [Fact]
    public async Task Open_FileOfANewerProgram_IsRefused()
    {
        await using (var database = Open())
        {
            await database.Write(
                session =>
                {
                    session.Execute("INSERT INTO migration (number, name, applied_at) VALUES (99, 'future', 0)");
                    return true;
                },
                CancellationToken.None);
        }

        Assert.Contains("newer", Assert.Throws<DataDirectoryException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_Twice_GivesEachDirectoryItsOwnEpoch()
    {
        await using var one = Open();
        await using var other = new TemporaryDatabase();

        Assert.NotEqual(one.Epoch, other.Database.Epoch);
    }

    public void Dispose() => _directory.Dispose();

    private SqliteDatabase Open() => SqliteDatabase.Open(_directory.Path, TimeProvider.System, NoCommitProbe.Instance, NullLogger.Instance);
}
