using Dwapi.Bench.Bare;

namespace Dwapi.Bench.Servers;

/// <summary>The bare baselines in a process of their own.</summary>
internal sealed class BareHost : IDisposable
{
    private readonly DirectoryInfo _directory;

    private BareHost(ServerProcess server, int port, DirectoryInfo directory)
    {
        Server = server;
        Port = port;
        _directory = directory;
    }

    public ServerProcess Server { get; }

    public int Port { get; }

    /// <summary>Starts it.</summary>
    /// <param name="answer">The bytes that its GET answers with.</param>
    public static async Task<BareHost> Start(byte[]? answer = null)
    {
        var directory = Directory.CreateTempSubdirectory("dwapi-bare-");
        await File.WriteAllBytesAsync(Path.Combine(directory.FullName, BareServer.AnswerFile), answer ?? []);
        var port = ServerProcess.FreePort();
        var server = ServerProcess.Start(
            typeof(BareHost).Assembly.Location, directory.FullName, probed: true, BareServer.Verb, $"{port}", directory.FullName);
        using var http = new HttpClient();
        await server.Until(async () =>
        {
            try
            {
                using var ready = await http.GetAsync(new Uri($"http://127.0.0.1:{port}{BareServer.AnswerPath}"));
                return ready.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        return new BareHost(server, port, directory);
    }

    public void Dispose()
    {
        Server.Dispose();
        _directory.Delete(recursive: true);
    }
}
