using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Dwapi.EndToEnd.Tests.Tenants;

/// <summary>
/// A plug-in with one thermometer, frame by frame as docs/plugin-protocol.md says. It reads all the time: the server gives up a link that answers
/// no ping for 10 s, and this one lives as long as a class of tests.
/// </summary>
internal sealed class TenantPlugIn : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly Channel<JsonElement> _frames = Channel.CreateUnbounded<JsonElement>();
    private readonly string _serviceId;
    private long _sequence;

    private TenantPlugIn(string serviceId) => _serviceId = serviceId;

    /// <summary>A plug-in that was welcomed and has announced its thermometer.</summary>
    public static async Task<TenantPlugIn> Connect(Uri url, string key, string edgeId, string serviceId)
    {
        var (plugIn, answer) = await Hello(url, key, edgeId, serviceId);
        Assert.Equal("WELCOME", answer.GetProperty("method").GetString());
        await plugIn.Send(
            $$"""{"method":"SERVICES","services":[{"serviceId":"{{serviceId}}","name":"Thermometer","type":"USB","scopes":["thermometer"]}],"complete":true}""");
        return plugIn;
    }

    /// <summary>A plug-in and the server's answer to its HELLO.</summary>
    public static async Task<(TenantPlugIn PlugIn, JsonElement Answer)> Hello(
        Uri url, string key, string edgeId, string serviceId = "", string? host = null)
    {
        var plugIn = new TenantPlugIn(serviceId);
        if (host is not null)
        {
            plugIn._socket.Options.SetRequestHeader("Host", host);
        }

        await plugIn._socket.ConnectAsync(
            new UriBuilder(new Uri(url, "gotapi/plugin")) { Scheme = "ws" }.Uri, TestContext.Current.CancellationToken);
        _ = plugIn.Read();
        await plugIn.Send(
            $$"""{"method":"HELLO","edgeId":"{{edgeId}}","key":"{{key}}","epoch":"e1","acknowledged":0,"approval":"automatic"}""");
        return (plugIn, await plugIn.Receive());
    }

    /// <summary>Reports a temperature and waits until it is durable.</summary>
    public async Task Measure(decimal celsius)
    {
        var mantissa = (int)(celsius * 10);
        var value = celsius.ToString(CultureInfo.InvariantCulture);
        await Send(
            $$$$"""
            {"method":"EVENTS","items":[{"sequence":{{{{++_sequence}}}},"serviceId":"{{{{_serviceId}}}}","profile":"health","attribute":"thermometer","receivedAt":1767268800000,
            "batteryLevel":0.8,"quantities":{"temperature":{"value":{{{{value}}}},"mderFloat":"FF{{{{mantissa:X6}}}}","type":"Body temperature","typeCode":"150364","unit":"deg C","unitCode":"268192",
            "timeStamp":1767268800000,"timeStampString":"20260101120000.000-0000","timeStampByPlugIn":true}}}]}
            """);
        JsonElement acknowledged;
        do
        {
            acknowledged = await Receive();
            Assert.Equal("ACK", acknowledged.GetProperty("method").GetString());
            Assert.Empty(acknowledged.GetProperty("refused").EnumerateArray());
        }
        while (acknowledged.GetProperty("sequence").GetInt64() < _sequence);
    }

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task Send(string frame) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    private async Task<JsonElement> Receive()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        return await _frames.Reader.ReadAsync(limit.Token);
    }

    private async Task Read()
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    _frames.Writer.Complete();
                    return;
                }

                Assert.True(part.EndOfMessage);
                _frames.Writer.TryWrite(JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, part.Count)));
            }
        }
        catch (Exception fault)
        {
            // Whoever waits for the next frame learns it.
            _frames.Writer.Complete(fault);
        }
    }
}
