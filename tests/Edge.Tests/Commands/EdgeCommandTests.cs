using System.CommandLine;
using System.Net.WebSockets;
using System.Text.Json;
using Dwapi.Edge.Commands;
using Dwapi.Edge.Outbox;
using Dwapi.Edge.Tests.Outbox;
using Dwapi.Edge.Tests.Support;
using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Frames;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dwapi.Edge.Tests.Commands;

public sealed class EdgeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("")]
    [InlineData("run")]
    [InlineData("decode")]
    [InlineData("replay")]
    [InlineData("simulate")]
    [InlineData("outbox")]
    [InlineData("scan")]
    [InlineData("devices")]
    [InlineData("pair")]
    [InlineData("monitor")]
    [InlineData("capture")]
    [InlineData("doctor")]
    [InlineData("printers")]
    [InlineData("printers key")]
    [InlineData("printers find")]
    public async Task Help_OfEveryVerb_IsThere(string verb)
    {
        var (exit, output, _) = await RunAsync([.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal(0, exit);
        Assert.Contains("--json", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decode_Measurement_ShowsObjectAndFields()
    {
        var (exit, output, _) = await RunAsync("decode", "2A1C", "06", "B0", "0E", "00", "FE", "DC", "07", "0C", "05", "0B", "32", "1B", "04");

        Assert.Equal(ExitCode.Ok, exit);
        Assert.Contains("\"value\": 37.60", output, StringComparison.Ordinal);
        Assert.Contains("2012-12-05 11:50:27", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\\u00", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decode_Json_IsOneObject()
    {
        var (exit, output, _) = await RunAsync("decode", "heart-rate-measurement", "1E 55 32 00 21 00", "--json");

        var json = JsonDocument.Parse(output).RootElement;
        Assert.Equal(ExitCode.Ok, exit);
        Assert.Equal("85", json.GetProperty("object").GetProperty("heart").GetProperty("rate").GetProperty("value").GetRawText());
        Assert.Equal("2A37", json.GetProperty("characteristic").GetString());
    }

    [Fact]
    public async Task Decode_TwoPackets_AreJoined()
    {
        var (exit, output, _) = await RunAsync("decode", "2A9C", "30106400C800B80B+C0156400E02E10274 01FB036");

        Assert.Equal(ExitCode.Ok, exit);
        Assert.Contains("bodyFat", output, StringComparison.Ordinal);
        Assert.Contains("softLeanMass", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2A1C", "06 B0", "shorter than its flags require")]
    [InlineData("2A1C", "00 FF FF 7F 00", "no result")]
    [InlineData("2A1C", "0", "pairs of hex digits")]
    [InlineData("2AFF", "00", "no decoder")]
    [InlineData("nothing", "00", "is no characteristic")]
    [InlineData("2A9C", "30 10 64 00 C8 00 B8 0B", "first packet of two")]
    public async Task Decode_NoMeasurement_SaysWhy(string characteristic, string hex, string reason)
    {
        var (exit, _, error) = await RunAsync("decode", characteristic, hex);

        Assert.Equal(ExitCode.NotDecoded, exit);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_Sample_EndsWhenTheServerHasAllOfIt()
    {
        await using var server = await AckingServer.StartAsync();

        var (exit, output, error) = await RunAsync(
            "replay", SampleFolder.File("heart-rate.jsonl"), "--to", server.Address.ToString(), "--key", "k", "--fast", "--json");

        Assert.True(exit == ExitCode.Ok, error);
        Assert.Equal(4, server.Items().Count);
        Assert.Equal(4, JsonDocument.Parse(output).RootElement.GetProperty("acknowledged").GetInt32());
    }

    [Fact]
    public async Task Replay_WrongCapture_NamesTheLine()
    {
        await using var server = await AckingServer.StartAsync();
        await File.WriteAllTextAsync(_folder["c"], "nonsense");

        var (exit, _, error) = await RunAsync("replay", _folder["c"], "--to", server.Address.ToString(), "--key", "k");

        Assert.Equal(ExitCode.Configuration, exit);
        Assert.Contains("line 1", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_ServerRefusesTheKey_EndsAndSaysWhatToDo()
    {
        await using var server = await LinkServer.StartAsync();
        var running = RunAsync("simulate", "--to", server.Address.ToString(), "--key", "wrong");
        var link = await server.NextAsync();
        await link.ExpectAsync<HelloFrame>();

        await link.SendAsync(new ErrorFrame(GotapiErrors.NotFoundClientId.Code, "The key is not one of this edge."));
        var (exit, _, error) = await running;

        Assert.Equal(ExitCode.ServerRefused, exit);
        Assert.Contains("Check --edge-id and --key", error, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_Count_SendsThatManyRounds()
    {
        await using var server = await AckingServer.StartAsync();

        var (exit, _, error) = await RunAsync(
            "simulate", "--to", server.Address.ToString(), "--key", "k", "--devices", "8", "--rate", "5000", "--count", "400");

        Assert.True(exit == ExitCode.Ok, error);
        Assert.Equal(400, server.Items().Count);
        Assert.Equal(8, server.Services.Count);
    }

    [Fact]
    public async Task Simulate_Kinds_AreOneOfEachWithoutANumber()
    {
        await using var server = await AckingServer.StartAsync();

        var (exit, _, error) = await RunAsync(
            "simulate", "--to", server.Address.ToString(), "--key", "k", "--kinds", "pulseoximeter", "glucometer", "--rate", "5000", "--count", "20");

        Assert.True(exit == ExitCode.Ok, error);
        Assert.Equal(["sim-glucometer-1", "sim-pulseoximeter-1"], server.Services.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["glucometer", "pulseOximeter"], server.Items().Select(item => item.Value.Attribute).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Outbox_ShowsWhatWaits()
    {
        await using (var outbox = DurableOutbox.Open(new OutboxOptions { Path = _folder["outbox"] }, NullLogger.Instance))
        {
            for (var i = 0; i < 3; i++)
                await outbox.AppendAsync(Entries.Of("a", i), default);
            await outbox.AcknowledgeAsync(1, [], default);
        }

        var (exit, output, _) = await RunAsync("outbox", "--outbox", _folder["outbox"], "--json");

        var json = JsonDocument.Parse(output).RootElement;
        Assert.Equal(ExitCode.Ok, exit);
        Assert.False(json.TryGetProperty("lost", out _), "what the disk refused only the edge that runs can know");
        Assert.Equal((2, 1, 3), (json.GetProperty("waiting").GetInt32(), json.GetProperty("acknowledged").GetInt32(), json.GetProperty("last").GetInt32()));
    }

    [Fact]
    public async Task Outbox_NoSuchFile_SaysWhatToDo()
    {
        var (exit, _, error) = await RunAsync("outbox", "--outbox", _folder["none"]);

        Assert.Equal(ExitCode.Outbox, exit);
        Assert.Contains("--outbox", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outbox_OfAnotherKindOfFile_SaysWhatToDo()
    {
        await File.WriteAllTextAsync(_folder["text"], new string('x', 4096));

        var (exit, _, error) = await RunAsync("outbox", "--outbox", _folder["text"]);

        Assert.Equal(ExitCode.Outbox, exit);
        Assert.Contains("--recover-to", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run --config edge.json")]
    [InlineData("simulate --outbox outbox --to ws://127.0.0.1:9 --key k --count 1")]
    public async Task Outbox_OfAnotherEdge_IsNoWrongSetting(string command)
    {
        await using var held = DurableOutbox.Open(new OutboxOptions { Path = _folder["outbox"] }, NullLogger.Instance);
        await File.WriteAllTextAsync(_folder["edge.json"], """{"server": "ws://127.0.0.1:9", "key": "k", "outbox": "outbox"}""");

        var (exit, _, error) = await RunAsync([.. command.Split(' ').Select(word => word is "edge.json" or "outbox" ? _folder[word] : word)]);

        Assert.Equal(ExitCode.Outbox, exit);
        Assert.Contains("in use by another edge", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/another/path")]
    public async Task Doctor_LooksAtTheLink_AndLeavesTheEdgeItsPlace(string path)
    {
        await using var server = await LinkServer.StartAsync();
        var address = path.Length == 0 ? server.Address : new Uri(server.Address, path);
        await File.WriteAllTextAsync(_folder["edge.json"], $$"""{"server": "{{address}}", "key": "k", "dataDirectory": "data"}""");

        var (_, output, _) = await RunAsync("doctor", "--config", _folder["edge.json"], "--json");

        var finding = JsonDocument.Parse(output).RootElement.GetProperty("findings").EnumerateArray().Single(found => found.GetProperty("what").GetString() == "server");
        Assert.Equal(path.Length == 0, finding.GetProperty("ok").GetBoolean());
        if (path.Length == 0)
            await Assert.ThrowsAnyAsync<WebSocketException>(async () => await (await server.NextAsync()).ExpectAsync<HelloFrame>());
    }

    [Fact]
    public async Task Run_WithoutConfiguration_NamesTheFile()
    {
        var (exit, _, error) = await RunAsync("run", "--config", _folder["edge.json"]);

        Assert.Equal(ExitCode.Configuration, exit);
        Assert.Contains("edge.json", error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    internal static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exit = await EdgeCommand.Create().Parse(arguments).InvokeAsync(
            new InvocationConfiguration { Output = output, Error = error }, Patience.Token);
        return (exit, output.ToString(), error.ToString());
    }
}
