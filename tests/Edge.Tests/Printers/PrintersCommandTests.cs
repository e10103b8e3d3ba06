using System.Text.Json;
using Dwapi.Edge.Commands;
using Dwapi.Edge.Tests.Commands;
using Dwapi.Edge.Tests.Support;
using Dwapi.Edge.Tests.VirtualPrinters;

namespace Dwapi.Edge.Tests.Printers;

public sealed class PrintersCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Printers_ThatAnswerAndThatDoNot_AreToldApartWithWhatToDo()
    {
        await using var bench = await PrinterBench.StartAsync();
        await using var locked = await PrinterBench.StartAsync(apiKey: "secret");
        Write($$"""
            {"printers": [
              {"id": "one", "kind": "Moonraker", "address": "{{bench.Address}}"},
              {"id": "two", "kind": "Moonraker", "address": "http://127.0.0.1:9"},
              {"id": "three", "kind": "Moonraker", "address": "{{locked.Address}}"}]}
            """);

        var (exit, text, _) = await RunAsync();
        var (_, json, _) = await RunAsync("--json");

        Assert.Equal(ExitCode.Unwell, exit);
        Assert.Contains("3dp-one", text, StringComparison.Ordinal);
        Assert.Contains("220 x 220 x 250 mm", text, StringComparison.Ordinal);
        Assert.Contains("Check its power", text, StringComparison.Ordinal);
        Assert.Contains("Set apiKey", text, StringComparison.Ordinal);
        var printers = JsonDocument.Parse(json).RootElement.GetProperty("printers");
        Assert.Equal("idle", printers[0].GetProperty("status").GetString());
        Assert.True(printers[1].TryGetProperty("problem", out _));
    }

    [Theory]
    [InlineData("""{"id": "a b", "address": "http://x"}""", "an id has")]
    [InlineData("""{"id": "a"}""", "an address is needed")]
    [InlineData("""{"id": "a", "address": "ftp://x"}""", "the address of a")]
    [InlineData("""{"id": "a", "address": "http://x"}, {"id": "a", "address": "http://y"}""", "a is there twice")]
    [InlineData("""{"id": "a", "address": "http://x", "apiKeyFile": "none.key"}""", "the key of a")]
    [InlineData("""{"id": "a", "kind": "OctoPrint", "address": "http://x"}""", "dwapi-edge printers key a")]
    [InlineData("""{"id": "a", "kind": "PrusaLink", "address": "http://x"}""", "passwordFile")]
    [InlineData("""{"id": "a", "kind": "PrusaLink", "address": "http://x", "passwordFile": "none.password"}""", "the password of a")]
    [InlineData("""{"id": "a", "kind": "PrusaLink", "address": "http://x", "password": "p", "userName": "a:b"}""", "the userName of a")]
    [InlineData("""{"id": "a", "kind": "PrusaLink", "address": "http://x", "password": "p", "modelsFile": "none.json"}""", "the models of a")]
    [InlineData("""{"id": "a", "address": "http://x", "printVolume": "1x2"}""", "the printVolume of a")]
    [InlineData("""{"id": "a", "address": "http://x", "colour": "red"}""", "colour")]
    public async Task Printers_WithAWrongSetting_NameIt(string printers, string expected)
    {
        Write($$"""{"printers": [{{printers}}]}""");

        var (exit, _, error) = await RunAsync();

        Assert.Equal(ExitCode.Configuration, exit);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"program": "/nowhere/slicer"}""", "there is no /nowhere/slicer")]
    [InlineData("""{"profiles": "none"}""", "there is no folder")]
    [InlineData("""{"seconds": 1}""", "Seconds")]
    [InlineData("""{"memoryMegabytes": 1}""", "MemoryMegabytes")]
    public async Task Slicer_WithAWrongSetting_NamesIt(string slicer, string expected)
    {
        File.WriteAllText(_folder["edge.json"], $$"""{"slicer": {{slicer}}}""");

        var (exit, _, error) = await RunAsync();

        Assert.Equal(ExitCode.Configuration, exit);
        Assert.Contains("Slicer: ", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private void Write(string json) => File.WriteAllText(_folder["edge.json"], json);

    private Task<(int Exit, string Output, string Error)> RunAsync(params string[] more) =>
        EdgeCommandTests.RunAsync(["printers", "--config", _folder["edge.json"], .. more]);
}
