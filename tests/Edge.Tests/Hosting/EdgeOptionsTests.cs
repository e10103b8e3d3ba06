using System.Diagnostics;
using Dwapi.Edge.Configuration;
using Dwapi.Edge.Tests.Support;
using Dwapi.Gotapi.Codes;

namespace Dwapi.Edge.Tests.Hosting;

public sealed class EdgeOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, Action<EdgeOptions>> Wrong => new()
    {
        { "Server", options => options.Server = null },
        { "Server", options => options.Server = new Uri("http://host") },
        { "EdgeId", options => options.EdgeId = "an edge" },
        { "Key", options => options.Key = " " },
        { "KeyFile", options => (options.Key, options.KeyFile) = (null, "/nowhere/key") },
        { "CertificateThumbprint", options => options.CertificateThumbprint = "12" },
        { "CertificateFile", options => options.CertificateFile = "/nowhere/cert" },
        { "DeadAfterSeconds", options => options.DeadAfterSeconds = 1 },
        { "Devices", options => options.Simulators.Devices = -1 },
        { "bloodpressure, pulseoximeter, glucometer or all", options => options.Simulators.Kinds = ["toaster"] },
        { "Rate", options => options.Simulators.Rate = 0 },
        { "ConnectionSlots", options => options.Bluetooth.ConnectionSlots = 0 },
        { "OutboxMegabytes", options => options.OutboxMegabytes = 1 },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Link_WrongSetting_IsOneLineThatNamesIt(string setting, Action<EdgeOptions> spoil)
    {
        var options = Good();
        spoil(options);

        var error = Assert.Throws<EdgeOptionsException>(() => EdgeOptionsCheck.Link(options));

        Assert.Contains(setting, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("ws://host:4035", "ws://host:4035/gotapi/plugin")]
    [InlineData("wss://host:4036/", "wss://host:4036/gotapi/plugin")]
    [InlineData("ws://host/proxy/plugin", "ws://host/proxy/plugin")]
    public void Link_AddressWithoutPath_GetsThePathOfTheLink(string given, string used)
    {
        var options = Good();
        options.Server = new Uri(given);

        Assert.Equal(new Uri(used), EdgeOptionsCheck.Link(options).Server);
    }

    [Fact]
    public void Zone_NoSuchZone_IsAnError()
    {
        var options = Good();
        options.TimeZone = "Mars/Base";

        Assert.Contains("Mars/Base", Assert.Throws<EdgeOptionsException>(() => EdgeOptionsCheck.Zone(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Zone_Unknown_IsNone()
    {
        var options = Good();
        options.TimeZone = "unknown";

        Assert.Null(EdgeOptionsCheck.Zone(options));
    }

    [Fact]
    public void Load_File_BindsAndRootsPathsAtItsFolder()
    {
        File.WriteAllText(_folder["edge.json"], """
            {"server": "ws://host:4035", "edgeId": "ward-3", "keyFile": "key", "codes": "TsLiteral", "simulators": {"devices": 2, "rate": 1.5, "kinds": ["glucometer"]}}
            """);

        var options = EdgeConfiguration.Load(_folder["edge.json"]);

        Assert.Equal(("ward-3", _folder["key"], CodeSpelling.TsLiteral), (options.EdgeId, options.KeyFile, options.Codes));
        Assert.Equal((2, 1.5, "glucometer"), (options.Simulators.Devices, options.Simulators.Rate, Assert.Single(options.Simulators.Kinds)));
    }

    [Theory]
    [InlineData("""{"sever": "ws://host"}""", "sever")]
    [InlineData("""{"server": """, "edge.json")]
    [InlineData("""{"simulators": {"devices": "many"}}""", "evices")]
    public void Load_WrongFile_IsOneLineThatNamesThePlace(string text, string place)
    {
        File.WriteAllText(_folder["edge.json"], text);

        var error = Assert.Throws<EdgeOptionsException>(() => EdgeConfiguration.Load(_folder["edge.json"]));

        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task DataDirectory_OfAUserWhoHasNoFoldersYet_IsNotTheOneThatItIsStartedIn()
    {
        var start = new ProcessStartInfo("dotnet", [EdgeProgram.Path, "outbox"]) { WorkingDirectory = _folder[""], RedirectStandardError = true };
        start.Environment["HOME"] = _folder["home"];
        start.Environment.Remove("XDG_DATA_HOME");

        using var edge = Process.Start(start)!;
        var error = await edge.StandardError.ReadToEndAsync(Patience.Token);

        Assert.Contains(Path.Combine(_folder["home"], ".local", "share", "dwapi-edge", "edge.outbox"), error, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_UnknownSetting_IsSaidInTheWordsOfTheFile()
    {
        File.WriteAllText(_folder["edge.json"], """{"bluetooth": {"enabeld": true}}""");

        var error = Assert.Throws<EdgeOptionsException>(() => EdgeConfiguration.Load(_folder["edge.json"]));

        Assert.EndsWith("there is no setting 'enabeld'. docs/edge.md has all of them.", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static EdgeOptions Good() => new() { Server = new Uri("ws://host:4035"), EdgeId = "ward-3", Key = "k" };
}
