using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Dwapi.EndToEnd.Tests.Hosts;

namespace Dwapi.Cluster.Tests.Chaos;

/// <summary>
/// An application as the documents want it: it monitors one device over a WebSocket to any web node, and when that is lost, or an event is
/// missing, it repeats its PUT with the cursor of the last event. It takes an event only when it is the next one.
/// </summary>
internal sealed class WardApplication
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private static readonly HttpClient Http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2) }) { Timeout = Patience };

    private readonly IReadOnlyList<Uri> _webs;
    private readonly ChaosReport _report;
    private readonly string _origin;
    private readonly string _token;
    private int _web;
    private string _cursor = "";
    private long _last;

    private WardApplication(IReadOnlyList<Uri> webs, string serviceId, ApplicationClient granted, ChaosReport report)
    {
        (_webs, _report, ServiceId) = (webs, report, serviceId);
        (_origin, _token) = (granted.Origin, granted.Token);
        _web = Random.Shared.Next(webs.Count);
    }

    public string ServiceId { get; }

    /// <summary>Sequence up to which it has everything since it began, 0 before the first event.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>Gets its token.</summary>
    public static async Task<WardApplication> GrantAsync(IReadOnlyList<Uri> webs, string serviceId, string origin, ChaosReport report)
    {
        using var granted = new ApplicationClient(webs[0], origin);
        await granted.RequestAccess("health");
        return new WardApplication(webs, serviceId, granted, report);
    }

    /// <summary>Whether a device's latest result is had from a web node.</summary>
    public async Task<bool> AsksAsync(Uri web, string serviceId)
    {
        try
        {
            return Result(await CallAsync(HttpMethod.Get, web, serviceId, "")) == 0;
        }
        catch (Exception lost) when (IsLoss(lost))
        {
            return false;
        }
    }

    /// <summary>Keeps a socket open until it is told to end.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        var lost = Stopwatch.GetTimestamp();
        while (!end.IsCancellationRequested)
        {
            using var socket = new ClientWebSocket();
            var first = _cursor.Length == 0;
            if (await IsDoneAsync(ConnectAsync(socket, end), end))
            {
                _report.Returned(Stopwatch.GetElapsedTime(lost), first);
                await IsDoneAsync(ReadAsync(socket, end), end);
                lost = Stopwatch.GetTimestamp();
            }

            _web++;
            await Task.Delay(LongestPause * Random.Shared.NextDouble(), CancellationToken.None);
        }
    }

    private Uri Web => _webs[_web % _webs.Count];

    // What an application sees of a fault: a refusal, or a connection that breaks or does not answer.
    private static bool IsLoss(Exception fault) =>
        fault is RefusedException or HttpRequestException or WebSocketException or IOException or OperationCanceledException;

    private static int Result(JsonElement answer) => answer.GetProperty("result").GetInt32();

    private async Task<bool> IsDoneAsync(Task step, CancellationToken end)
    {
        try
        {
            await step;
            return true;
        }
        catch (Exception loss) when (IsLoss(loss))
        {
            if (!end.IsCancellationRequested)
            {
                _report.Lost(loss);
            }

            return false;
        }
    }

    // The PUT first: the socket then begins where the last one ended, and sends nothing twice.
    private async Task ConnectAsync(ClientWebSocket socket, CancellationToken end)
    {
        await MonitorAsync();
        using var within = CancellationTokenSource.CreateLinkedTokenSource(end);
        within.CancelAfter(Patience);
        socket.Options.SetRequestHeader("Origin", _origin);
        (socket.Options.KeepAliveInterval, socket.Options.KeepAliveTimeout) = (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));
        await socket.ConnectAsync(new UriBuilder(Web) { Scheme = "ws", Path = "/gotapi/websocket" }.Uri, within.Token);
        await socket.SendAsync(Encoding.UTF8.GetBytes($$"""{"accessToken":"{{_token}}"}"""), WebSocketMessageType.Text, true, within.Token);
        Expect(await ReceiveAsync(socket, within.Token));
    }

    private async Task ReadAsync(ClientWebSocket socket, CancellationToken end)
    {
        var repeated = 0L;
        while (true)
        {
            var frame = await ReceiveAsync(socket, end);
            var sequence = frame.GetProperty("sequence").GetInt64();
            if (_last == 0 || sequence == _last + 1)
            {
                _cursor = frame.GetProperty("cursor").GetString()!;
                Volatile.Write(ref _last, sequence);
            }
            else if (sequence <= _last)
            {
                _report.CameAgain();
            }
            else if (repeated == 0 || Stopwatch.GetElapsedTime(repeated) > LongestPause)
            {
                _report.Missed();
                await MonitorAsync();
                repeated = Stopwatch.GetTimestamp();
            }
        }
    }

    private async Task MonitorAsync()
    {
        var answer = await CallAsync(HttpMethod.Put, Web, ServiceId, _cursor.Length == 0 ? "" : "&since=" + Uri.EscapeDataString(_cursor));
        Expect(answer);
        if (_cursor.Length == 0)
        {
            _cursor = answer.GetProperty("cursor").GetString()!;
        }
    }

    private async Task<JsonElement> CallAsync(HttpMethod method, Uri web, string serviceId, string more)
    {
        using var request = new HttpRequestMessage(method, new Uri(web, $"/gotapi/health/thermometer?serviceId={serviceId}&accessToken={_token}{more}"));
        request.Headers.Add("Origin", _origin);
        using var answer = await Http.SendAsync(request);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static void Expect(JsonElement answer)
    {
        if (Result(answer) != 0)
        {
            throw new RefusedException($"error {answer.GetProperty("errorCode")}");
        }
    }

    private static async Task<JsonElement> ReceiveAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        for (var length = 0; ;)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                throw new RefusedException($"closed with {(int?)socket.CloseStatus}");
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, length));
            }
        }
    }

    private sealed class RefusedException(string reason) : Exception(reason);
}
