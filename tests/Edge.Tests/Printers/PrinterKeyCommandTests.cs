using System.Text.Json;
using Dwapi.Edge.Commands;
using Dwapi.Edge.Printers.OctoPrint;
using Dwapi.Edge.Tests.Commands;
using Dwapi.Edge.Tests.Printers.Scripted;
using Dwapi.Edge.Tests.Support;

namespace Dwapi.Edge.Tests.Printers;

public sealed class PrinterKeyCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Key_OfAnAddress_IsShownWhenTheUserAllowsIt()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        printer.KeyAnswers.Enqueue(200);

        var (exit, output, error) = await EdgeCommandTests.RunAsync("printers", "key", printer.Address.ToString());

        Assert.Equal((ExitCode.Ok, ScriptedOctoPrint.Key), (exit, output.Trim()));
        Assert.Contains("allow the request", error, StringComparison.Ordinal);
        Assert.Contains(printer.Requests, request => request.Contains("\"app\":\"Dwapi edge\"", StringComparison.Ordinal));
        Assert.False(printer.Headers.ContainsKey("X-Api-Key"));
    }

    [Fact]
    public async Task Key_OfAnId_GoesIntoItsFile_WhichOnlyItsOwnerReads()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        printer.KeyAnswers.Enqueue(200);
        File.WriteAllText(_folder["edge.json"], $$"""{"printers": [{"id": "one", "kind": "OctoPrint", "address": "{{printer.Address}}", "apiKeyFile": "one.key"}]}""");

        var (exit, output, error) = await EdgeCommandTests.RunAsync("printers", "key", "one", "--config", _folder["edge.json"], "--json");

        Assert.Equal(ExitCode.Ok, exit);
        Assert.Equal(_folder["one.key"], JsonDocument.Parse(output).RootElement.GetProperty("file").GetString());
        Assert.Equal(ScriptedOctoPrint.Key, File.ReadAllText(_folder["one.key"]).Trim());
        Assert.DoesNotContain(ScriptedOctoPrint.Key, output + error, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["one.key"]));
    }

    [Fact]
    public async Task Key_ThatIsNotDecidedYet_IsAskedForEachSecond()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        foreach (var answer in new[] { 202, 202, 200 })
            printer.KeyAnswers.Enqueue(answer);
        var time = new ManualTime();
        using var keys = new OctoPrintKeys(printer.Address, time);

        var key = await time.PassUntilAsync(keys.RequestAsync("test", "ann", () => { }, default));

        Assert.Equal(ScriptedOctoPrint.Key, key);
        Assert.Contains(printer.Requests, request => request.Contains("\"user\":\"ann\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Key_ThatIsDenied_WritesNothing()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        printer.KeyAnswers.Enqueue(404);

        var (exit, _, error) = await EdgeCommandTests.RunAsync("printers", "key", printer.Address.ToString(), "--file", _folder["key"]);

        Assert.Equal(ExitCode.Unwell, exit);
        Assert.Contains("denied", error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["key"]));
    }

    [Fact]
    public async Task Key_OfWhatIsNoOctoPrint_SaysWhatToDo()
    {
        await using var printer = await ScriptedPrusaLink.StartAsync();
        File.WriteAllText(_folder["edge.json"], """{"printers": [{"id": "two", "kind": "PrusaLink", "address": "http://127.0.0.1:9", "password": "p"}]}""");

        var (stranger, _, strange) = await EdgeCommandTests.RunAsync("printers", "key", printer.Address.ToString());
        var (none, _, missing) = await EdgeCommandTests.RunAsync("printers", "key", "three", "--config", _folder["edge.json"]);
        var (other, _, kind) = await EdgeCommandTests.RunAsync("printers", "key", "two", "--config", _folder["edge.json"]);

        Assert.Equal((ExitCode.Unwell, ExitCode.Configuration, ExitCode.Configuration), (stranger, none, other));
        Assert.Contains("plug-in", strange, StringComparison.Ordinal);
        Assert.Contains("no printer three", missing, StringComparison.Ordinal);
        Assert.Contains("no OctoPrint", kind, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
