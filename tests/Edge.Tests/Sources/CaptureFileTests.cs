using Dwapi.Edge.Sources.Replay;
using Dwapi.Edge.Tests.Support;

namespace Dwapi.Edge.Tests.Sources;

public sealed class CaptureFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Read_CommentsAndBlankLines_AreSkipped()
    {
        await File.WriteAllTextAsync(_folder["c"], """
            # a comment

            {"time":"2026-03-02T08:00:00Z","address":"C0:00:00:00:18:09","name":"One","characteristic":"temperature-measurement","hex":"00 6C 01 00 FF"}
            """);

        var line = Assert.Single(await ReadAsync());

        Assert.Equal(("C0:00:00:00:18:09", "One", (ushort)0x2A1C), (line.Address, line.Name, line.Value.Characteristic));
        Assert.Equal("006C0100FF", Convert.ToHexString(line.Value.Payload.Span));
    }

    [Theory]
    [InlineData("""not json""", "not a JSON object")]
    [InlineData("""{"time":"2026-03-02T08:00:00Z","address":"a","characteristic":"2A1C"}""", "time, address, characteristic and hex are needed")]
    [InlineData("""{"time":"yesterday","address":"a","characteristic":"2A1C","hex":"00"}""", "not a JSON object")]
    [InlineData("""{"time":"2026-03-02T08:00:00Z","address":"a","characteristic":"thermo","hex":"00"}""", "thermo is no characteristic")]
    [InlineData("""{"time":"2026-03-02T08:00:00Z","address":"a","characteristic":"2A1C","hex":"0"}""", "not pairs of hex digits")]
    public async Task Read_WrongLine_NamesItAndWhatIsExpected(string text, string expected)
    {
        await File.WriteAllTextAsync(_folder["c"], "# first\n" + text);

        var error = await Assert.ThrowsAsync<CaptureException>(ReadAsync);

        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_NoFile_SaysSo() => Assert.Contains("cannot be read", (await Assert.ThrowsAsync<CaptureException>(ReadAsync)).Message, StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private async Task<List<CaptureLine>> ReadAsync()
    {
        var lines = new List<CaptureLine>();
        await foreach (var line in CaptureFile.ReadAsync(_folder["c"], default))
            lines.Add(line);
        return lines;
    }
}
