using System.Diagnostics;
using System.Globalization;
using System.Text;
using Dwapi.Bench.Servers;

namespace Dwapi.Bench.Load;

/// <summary>Keeps a number of connections busy with one request each, and notes how long each answer took.</summary>
internal sealed class HttpLoad : IDisposable
{
    private readonly List<HttpConnection> _connections = [];
    private readonly ServerProcess _server;
    private readonly byte[][] _requests;

    private HttpLoad(ServerProcess server, byte[][] requests)
    {
        _server = server;
        _requests = requests;
    }

    /// <summary>Opens the connections.</summary>
    /// <param name="server">Whose CPU is read.</param>
    /// <param name="port">Its port.</param>
    /// <param name="connections">How many requests are under way at any time.</param>
    /// <param name="targets">Path and query of the requests, asked in turn.</param>
    public static async Task<HttpLoad> Open(ServerProcess server, int port, int connections, IEnumerable<string> targets)
    {
        var load = new HttpLoad(server, [.. targets.Select(target => Request(port, target))]);
        for (var i = 0; i < connections; i++)
        {
            load._connections.Add(await HttpConnection.Open(port));
        }

        return load;
    }

    /// <summary>Asks for a time.</summary>
    public async Task<HttpResult> Run(TimeSpan window)
    {
        var cpu = _server.CpuSeconds;
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(window.TotalSeconds * Stopwatch.Frequency);
        var samples = await Task.WhenAll(_connections.Select((connection, i) => Keep(connection, i * _requests.Length / _connections.Count, end)));
        return new HttpResult(new Latencies(samples.SelectMany(s => s)), Stopwatch.GetElapsedTime(start).TotalSeconds, _server.CpuSeconds - cpu);
    }

    public void Dispose() => _connections.ForEach(c => c.Dispose());

    private async Task<List<long>> Keep(HttpConnection connection, int first, long end)
    {
        // All connections begin at once, each on a thread of the pool.
        await Task.Yield();
        var samples = new List<long>(64 * 1024);
        for (var next = first; ; next++)
        {
            var start = Stopwatch.GetTimestamp();
            if (start >= end)
            {
                return samples;
            }

            var answer = await connection.Exchange(_requests[next % _requests.Length]);
            samples.Add(Stopwatch.GetTimestamp() - start);
            if (answer.Span.IndexOf("\"result\":0"u8) < 0)
            {
                throw new InvalidOperationException("Not an answer of success: " + Encoding.UTF8.GetString(answer.Span));
            }
        }
    }

    private static byte[] Request(int port, string target) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: {ProductHost.Origin}\r\nAccept: application/json\r\nUser-Agent: bench\r\n\r\n"));
}
