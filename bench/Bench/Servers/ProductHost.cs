using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;

namespace Dwapi.Bench.Servers;

/// <summary>The product as it is shipped, in a process and a data directory of its own.</summary>
internal sealed class ProductHost : IDisposable
{
    private const string Key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    private static readonly string Assembly = Metadata("Host");

    private readonly DirectoryInfo _directory;

    private ProductHost(ServerProcess server, int port, DirectoryInfo directory)
    {
        Server = server;
        Port = port;
        _directory = directory;
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    /// <summary>Whether the product was built with Microsoft Orleans.</summary>
    public static bool OnOrleans => Metadata("ActorRuntime") == "Orleans";

    /// <summary>Origin of every application of the bench.</summary>
    public static string Origin => "http://localhost";

    public ServerProcess Server { get; }

    public int Port { get; }

    public HttpClient Http { get; }

    /// <summary>Starts it and waits for its first answer.</summary>
    public static async Task<ProductHost> Start(string store = "sqlite", bool probed = true, params string[] settings)
    {
        var directory = Directory.CreateTempSubdirectory("dwapi-bench-");
        var port = ServerProcess.FreePort();
        var server = ServerProcess.Start(
            Assembly,
            directory.FullName,
            probed,
            ["--environment", "Production", "--urls", $"http://127.0.0.1:{port}",
            $"--Dwapi:DataDirectory={directory.FullName}", "--Dwapi:Demo=false", $"--Dwapi:Store={store}",
            "--Gotapi:Approvals:0:Origins:0=loopback", "--Gotapi:Approvals:0:Scopes:0=*",
            "--Gotapi:AuthorizationsPerMinute=1000000",
            "--Logging:LogLevel:Default=Warning",
            .. settings]);
        var host = new ProductHost(server, port, directory);
        await server.Until(host.Answers);
        return host;
    }

    /// <summary>Whether it answers a GotAPI request.</summary>
    public async Task<bool> Answers()
    {
        // Without a connection there is nothing to ask: an HttpClient that fails would cost more than the wait.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync("127.0.0.1", Port);
        }
        catch (SocketException)
        {
            return false;
        }

        await Call("/gotapi/availability");
        return true;
    }

    /// <summary>Enrols an edge as the operator does.</summary>
    /// <param name="edgeId">The edge.</param>
    /// <param name="tenant">Its tenant; null for the default one.</param>
    /// <returns>Its key.</returns>
    public async Task<string> AddEdge(string edgeId, string? tenant = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{(tenant is null ? "" : "/t/" + tenant)}/api/v1/edges")
        {
            Content = JsonContent.Create(new Dictionary<string, string> { ["edgeId"] = edgeId, ["name"] = edgeId }),
        };
        var token = await File.ReadAllTextAsync(Path.Combine(_directory.FullName, "admin.token"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Trim());
        using var answer = await Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
    }

    /// <summary>A new application, approved for health.</summary>
    /// <param name="signed">True to give it a key, so that its answers are signed.</param>
    /// <param name="origin">Its origin.</param>
    /// <returns>Its access token.</returns>
    public async Task<string> Authorize(bool signed = true, string? origin = null)
    {
        if (signed)
        {
            await Call("/gotapi/availability?key=" + Key);
        }

        var clientId = (await Call("/gotapi/authorization/grant", "GET", origin)).GetProperty("clientId").GetString()!;
        var access = await Call(
            $"/gotapi/authorization/accessToken?clientId={clientId}&scope=serviceDiscovery,health&applicationName=bench", "GET", origin);
        return access.GetProperty("accessToken").GetString()!;
    }

    /// <summary>A GotAPI call that has to succeed.</summary>
    public async Task<JsonElement> Call(string path, string method = "GET", string? origin = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Origin", origin ?? Origin);
        using var answer = await Http.SendAsync(request);
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return json.GetProperty("result").GetInt32() == 0 ? json : throw new InvalidOperationException($"{method} {path}: {json}");
    }

    private static string Metadata(string key) =>
        typeof(ProductHost).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;

    public void Dispose()
    {
        Http.Dispose();
        Server.Dispose();
        _directory.Delete(recursive: true);
    }
}
