using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Dwapi.Edge.Tests.Support;
using Dwapi.VirtualPrinters;

namespace Dwapi.Edge.Tests.VirtualPrinters;

/// <summary>A virtual printer whose clock stands until the test moves it, and a client of its API.</summary>
internal sealed class PrinterBench : IAsyncDisposable
{
    /// <summary>Heats, homes, and extrudes for 72 s.</summary>
    public const string Cube = "; a cube\nM140 S60\nM104 S200\nG28\nM190 S60\nM109 S200\nG92 E0\nG1 X10 Y10 Z0.2 F6000\nG1 X100 Y10 E5 F300\nG1 X100 Y100 E10\nG1 X10 Y100 E15\nG1 X10 Y10 E20\nM104 S0\nM140 S0\n";

    private readonly TemporaryFolder _folder = new();
    private VirtualPrinterHost _host = null!;

    public VirtualPrinter Printer => _host.Printer;

    public Uri Address => _host.Address;

    public HttpClient Client { get; private set; } = null!;

    /// <summary>Jobs ever started.</summary>
    public int Starts
    {
        get
        {
            lock (Printer.Gate)
                return Printer.History.Count;
        }
    }

    /// <param name="apiKey">Its key; null for none.</param>
    /// <param name="time">The clock of its tokens, and of what it tells without being asked; the real one without.</param>
    public static async Task<PrinterBench> StartAsync(string? apiKey = null, TimeProvider? time = null)
    {
        var bench = new PrinterBench();
        await bench.StartHostAsync(apiKey, time ?? TimeProvider.System);
        return bench;
    }

    /// <summary>The process ends without a word and comes back, as after a cut of the power; at another port, as the old one may be taken by now.</summary>
    public async Task RestartAsync()
    {
        await _host.DisposeAsync();
        await StartHostAsync(null, TimeProvider.System);
    }

    /// <summary>Ends when so many commands wait behind running G-code.</summary>
    public async Task WaitsAsync(int commands)
    {
        for (var patience = Patience.Token; ; await Task.Delay(1, patience))
        {
            lock (Printer.Gate)
            {
                if (Printer.Klipper.Waiting == commands)
                    return;
            }
        }
    }

    public void Advance(double seconds)
    {
        lock (Printer.Gate)
            Printer.Advance(seconds);
    }

    public async Task<JsonNode> GetAsync(string path) => (await Client.GetFromJsonAsync<JsonNode>(path, Patience.Token))!["result"]!;

    public async Task<(int Status, JsonNode Body)> PostAsync(string path, HttpContent? content = null)
    {
        using var answer = await Client.PostAsync(path, content, Patience.Token);
        return ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>(Patience.Token))!);
    }

    public Task<(int Status, JsonNode Body)> UploadAsync(string name, string gcode, string? checksum = null)
    {
        var bytes = Encoding.UTF8.GetBytes(gcode);
        return PostAsync("/server/files/upload", new MultipartFormDataContent
        {
            { new ByteArrayContent(bytes), "file", name },
            { new StringContent(checksum ?? Convert.ToHexStringLower(SHA256.HashData(bytes))), "checksum" },
        });
    }

    public async Task PrintAsync(string name, string gcode)
    {
        Assert.Equal(201, (await UploadAsync(name, gcode)).Status);
        Assert.Equal(200, (await PostAsync($"/printer/print/start?filename={name}")).Status);
    }

    public async Task<JsonNode> ObjectAsync(string name) => (await GetAsync($"/printer/objects/query?{Uri.EscapeDataString(name)}"))["status"]![name]!;

    public async Task<string> StateAsync() => (string)(await ObjectAsync("print_stats"))["state"]!;

    public async Task<string> HistoryAsync() => (string)(await GetAsync("/server/history/list?limit=1"))["jobs"]![0]!["status"]!;

    public Task ControlAsync(string what) => Client.PostAsync($"/virtual/{what}", null, Patience.Token);

    public async Task<ClientWebSocket> ConnectAsync(string query = "")
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(Address) { Scheme = "ws", Path = "/websocket", Query = query }.Uri, Patience.Token);
        return socket;
    }

    public static async Task SendAsync(WebSocket socket, string message) =>
        await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, Patience.Token);

    public static async Task<JsonNode> ReceiveAsync(WebSocket socket)
    {
        var buffer = new byte[1 << 16];
        var part = await socket.ReceiveAsync(buffer, Patience.Token);
        Assert.True(part.EndOfMessage);
        return JsonNode.Parse(buffer.AsSpan(0, part.Count))!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    private async Task StartHostAsync(string? apiKey, TimeProvider time)
    {
        _host = await VirtualPrinterHost.StartAsync(
            new VirtualPrinterOptions { Folder = _folder["printer"], TimeScale = 0, ApiKey = apiKey }, time, Patience.Token);
        Client?.Dispose();
        Client = new HttpClient { BaseAddress = Address };
        if (apiKey is not null)
            Client.DefaultRequestHeaders.Add("X-Api-Key", apiKey);
    }
}
