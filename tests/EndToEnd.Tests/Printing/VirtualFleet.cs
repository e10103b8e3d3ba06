using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dwapi.EndToEnd.Tests.Faults;

namespace Dwapi.EndToEnd.Tests.Printing;

/// <summary>Many virtual printers in one process of their own.</summary>
internal sealed partial class VirtualFleet : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly string _folder;
    private readonly HttpClient _http = new();

    private VirtualFleet(ChildProcess process, string folder) => (_process, _folder) = (process, folder);

    /// <summary>Where each of them listens.</summary>
    public IReadOnlyList<Uri> Addresses { get; private set; } = [];

    /// <summary>What the process takes.</summary>
    public ProcessFigures Figures => ProcessFigures.With(_folder);

    public static async Task<VirtualFleet> StartAsync(int count, string folder, double timeScale)
    {
        var fleet = new VirtualFleet(
            new ChildProcess(
                ChildProcess.Program("Edge", "dwapi-edge.dll"),
                "virtual-printer", "--port", "0", "--count", $"{count}", "--data", folder, "--time-scale", timeScale.ToString(CultureInfo.InvariantCulture)),
            folder);
        await fleet._process.LineWith(count == 1 ? " prints at " : $"-{count - 1} prints at ");
        fleet.Addresses = [.. Address().Matches(fleet._process.Output).Select(match => new Uri(match.Groups[1].Value))];
        Assert.Equal(count, fleet.Addresses.Count);
        return fleet;
    }

    /// <summary>The printers as settings of an edge.</summary>
    public object[] Settings() => [.. Addresses.Select((at, index) => (object)new { id = $"{index:0000}", address = at, network = "Ethernet" })];

    /// <summary>Prints something on every printer, as somebody who stands there, and lets so many of its seconds pass.</summary>
    public Task PrintOnAllAsync(string gcode, int seconds) => Parallel.ForEachAsync(
        Addresses,
        new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken },
        async (at, stop) =>
        {
            using var file = new ByteArrayContent(Encoding.ASCII.GetBytes(gcode));
            file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            using var form = new MultipartFormDataContent { { new StringContent("true"), "print" }, { file, "file", "theirs.gcode" } };
            (await _http.PostAsync(new Uri(at, "server/files/upload"), form, stop)).EnsureSuccessStatusCode();
            (await _http.PostAsync(new Uri(at, $"virtual/advance?seconds={seconds}"), null, stop)).EnsureSuccessStatusCode();
        });

    /// <summary>The prints that a printer ever began, by its history: file name and what became of it.</summary>
    public async Task<IReadOnlyList<(string File, string Status)>> PrintsAsync(Uri printer)
    {
        var history = await _http.GetFromJsonAsync<JsonElement>(new Uri(printer, "server/history/list?limit=1000"), TestContext.Current.CancellationToken);
        return [.. history.GetProperty("result").GetProperty("jobs").EnumerateArray()
            .Select(job => (job.GetProperty("filename").GetString()!, job.GetProperty("status").GetString()!))];
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }

    [GeneratedRegex(@" prints at (\S+) \(")]
    private static partial Regex Address();
}
