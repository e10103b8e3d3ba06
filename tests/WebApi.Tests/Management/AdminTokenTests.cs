using Dwapi.Grains.Settings;
using Dwapi.WebApi.Management;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dwapi.WebApi.Tests.Management;

/// <summary>DECISIONS 30: admin.token.</summary>
public sealed class AdminTokenTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("dwapi-admin").FullName;
    private readonly Lines _lines = new();

    [Fact]
    public void Ensure_FirstStart_WritesATokenForTheOwnerOnly_Decision30()
    {
        var token = Start();

        Assert.Equal(Path.Combine(_directory, "admin.token"), token.FilePath);
        Assert.Equal(43, File.ReadAllText(token.FilePath).Trim().Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(token.FilePath));
        }
    }

    [Fact]
    public void Ensure_SecondStart_KeepsTheToken()
    {
        var text = File.ReadAllText(Start().FilePath).Trim();

        Assert.True(Start().Matches(text));
    }

    [Fact]
    public void Ensure_FileThatOthersCanRead_IsClosedAgain_Decision30()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        var path = Start().FilePath;
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        Start();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void Ensure_Always_TellsThePathAndNeverTheToken_Decision30()
    {
        var token = Start();

        Assert.Contains(_lines.All, line => line.Contains(token.FilePath, StringComparison.Ordinal));
        Assert.DoesNotContain(_lines.All, line => line.Contains(File.ReadAllText(token.FilePath).Trim(), StringComparison.Ordinal));
    }

    [Fact]
    public void Ensure_FileWithoutToken_SaysWhatToDo()
    {
        File.WriteAllText(Path.Combine(_directory, "admin.token"), "short");

        Assert.Contains("delete it", Assert.Throws<AdminTokenException>(() => Start()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ensure_NamedFile_IsUsedAsItIs()
    {
        var path = Share("mounted-secret-of-forty-three-or-more-characters", UnixFileMode.UserRead | UnixFileMode.GroupRead);

        Assert.True(Start(path).Matches("mounted-secret-of-forty-three-or-more-characters"));
        Assert.False(File.Exists(Path.Combine(_directory, "admin.token")));
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    public void Ensure_NamedFileThatOthersCanUse_IsRefusedBehindALinkToo_Decision30(UnixFileMode mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        var path = Share("mounted-secret-of-forty-three-or-more-characters", UnixFileMode.UserRead | mode);
        var link = Path.Combine(_directory, "link");
        File.CreateSymbolicLink(link, path);

        Assert.Contains("0440", Assert.Throws<AdminTokenException>(() => Start(link)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ensure_NamedFileThatIsMissing_SaysWhatToDoAndMakesNone()
    {
        var path = Path.Combine(_directory, "missing");

        Assert.Contains($"{path} cannot be read", Assert.Throws<AdminTokenException>(() => Start(path)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    public void Matches_AnythingElse_IsFalse(string text) => Assert.False(Start().Matches(text));

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string Share(string text, UnixFileMode mode)
    {
        var path = Path.Combine(_directory, "shared");
        File.WriteAllText(path, text + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }

        return path;
    }

    private AdminToken Start(string path = "")
    {
        var token = new AdminToken(Options.Create(new DwapiOptions { DataDirectory = _directory, AdminTokenPath = path }), _lines);
        token.Ensure();
        return token;
    }

    private sealed class Lines : ILogger<AdminToken>
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add(formatter(state, exception));
    }
}
