using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Dwapi.Edge;
using Dwapi.EndToEnd.Tests.Hosts;
using Dwapi.Gotapi.Frames;
using FsCheck;
using FsCheck.Fluent;

namespace Dwapi.EndToEnd.Tests.Faults;

/// <summary>
/// Hostile input on every door of a whole host: an answer or an end with a reason, memory flat, and a well-behaved application that is
/// served all the while. The long form (<c>./test.sh --long</c>) is the fuzz run.
/// </summary>
[Collection(Undisturbed.Name)]
public sealed class HostileInputTests : IAsyncLifetime
{
    private const long MostGrowth = 32 * 1024 * 1024;
    private static readonly int Runs = LongTests.Wanted ? 20_000 : 150;
    private static readonly Ward TheWard = new(1);

    private readonly TemporaryPlace _place = new();
    private RunningHost _host = null!;
    private OperatorClient _server = null!;
    private CapturePipe _capture = null!;
    private EdgeHost _edge = null!;
    private ApplicationClient _witness = null!;
    private string _key = null!;

    private Uri WebSocketUrl => new UriBuilder(_host.Url) { Scheme = "ws" }.Uri;

    public async ValueTask InitializeAsync()
    {
        _host = await RunningHost.Start("Production", demo: false, settings: "--Gotapi:AuthorizationsPerMinute=1000000");
        _server = _host.Operator();
        _capture = new CapturePipe(_place["capture"]);
        _edge = await FaultWard.Edge(_server, WebSocketUrl, _capture.Path, _place["edge"]);
        await _edge.StartAsync(TestContext.Current.CancellationToken);
        await _capture.WriteLineAsync(TheWard.Line(1, DateTimeOffset.UtcNow));
        await _capture.FlushAsync();
        await Eventually.True(() => _edge.Status.Acknowledged == 1, "the witness has something to ask for");
        _witness = await FaultWard.Application(_server, _host.Url);
        _key = await _server.AddEdge("hostile");
    }

    public async ValueTask DisposeAsync()
    {
        _witness.Dispose();
        await _capture.DisposeAsync();
        await _edge.DisposeAsync();
        _server.Dispose();
        await _host.DisposeAsync();
        _place.Dispose();
    }

    [Fact(Timeout = 3_600_000)]
    public Task LinkFrames_Hostile_AreRefusedWithAReason() => Run(
        Hostile.Of(
            """{"method":"PING","acknowledged":0}""",
            """{"method":"SERVICES","complete":false,"services":[{"serviceId":"s","name":"n","type":"BLE","online":true,"scopes":["thermometer"],"profiles":[{"profile":"health","attributes":["thermometer"]}],"device":{"productName":"p"}}],"removed":[]}""",
            """{"method":"EVENTS","items":[{"sequence":1,"serviceId":"s","profile":"health","attribute":"thermometer","time":1700000000000,"batteryLevel":0.5,"quantities":{"temperature":{"value":36.5,"type":"t","unit":"u"}}}]}""",
            """{"method":"RESPONSE","requestCode":1,"result":0}"""),
        async frame =>
        {
            using var socket = await Connect("/gotapi/plugin", null);
            await Send(socket, Encoding.UTF8.GetBytes($$"""{"method":"HELLO","edgeId":"hostile","key":"{{_key}}","epoch":"e{{Guid.NewGuid():N}}","acknowledged":0}"""));
            Assert.Contains("WELCOME", await Receive(socket), StringComparison.Ordinal);
            await Send(socket, frame);
            await Send(socket, """{"method":"PING","acknowledged":0}"""u8.ToArray());
            while (await Receive(socket) is { } answer)
            {
                var read = JsonSerializer.Deserialize<JsonElement>(answer);
                switch (read.GetProperty("method").GetString())
                {
                    case "PONG":
                        return;
                    case "ERROR":
                        Assert.NotEqual("", read.GetProperty("errorMessage").GetString());
                        return;
                }
            }

            AssertToldByTheClose(socket, frame);
        });

    [Fact(Timeout = 3_600_000)]
    public Task ApplicationFrames_Hostile_EndInAnAnswerOrAClose() => Run(
        Hostile.Of("""{"accessToken":"client.secret"}""", $$"""{"accessToken":"{{_witness.Token}}","x":[1,{"y":null}]}"""),
        async frame =>
        {
            using var socket = await Connect("/gotapi/websocket", "https://hostile.example");
            await Send(socket, frame);
            if (await Receive(socket) is { } answer)
            {
                Assert.NotEqual(0, JsonSerializer.Deserialize<JsonElement>(answer).GetProperty("result").GetInt32());
            }
            else
            {
                AssertToldByTheClose(socket, frame);
            }
        });

    [Fact(Timeout = 3_600_000)]
    public Task Requests_Hostile_AreAnsweredAndNeverAFault()
    {
        var types = Gen.Elements(
            "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "multipart/form-data", "text/plain; charset=utf-7");
        var paths = Gen.Elements("health/thermometer", "serviceDiscovery", "authorization/accessToken", "health/%00", "%2e%2e/x", "3dp/status", "");
        var bodies = Hostile.Of(
            """{"serviceId":"ward-000","accessToken":"x","nested":{"a":[1,2,3]}}""",
            "serviceId=ward-000&accessToken=x&a=%zz&=&&b",
            "--b\r\nContent-Disposition: form-data; name=\"serviceId\"\r\n\r\nward-000\r\n--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\nx\r\n--b--\r\n");
        var queries = Hostile.Of("serviceId=ward-000&accessToken=x&scope=health,all&clientId=c");
        return Run(
            types.Zip(paths).Zip(bodies.Generator).Zip(queries.Generator).ToArbitrary(),
            async input =>
            {
                var (((type, path), body), query) = input;
                using var request = new HttpRequestMessage(
                    body.Length % 2 == 0 ? HttpMethod.Put : HttpMethod.Post, $"/gotapi/{path}?{string.Concat(query.Select(b => $"%{b:X2}"))}");
                request.Content = new ByteArrayContent(body);
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
                using var answer = await _witness.Http.SendAsync(request);
                Assert.True((int)answer.StatusCode < 500, $"{answer.StatusCode} for {path}");
                var text = await answer.Content.ReadAsStringAsync();
                if (text.Length > 0 && answer.Content.Headers.ContentType is { MediaType: "application/json" })
                {
                    Assert.NotEqual(0, JsonSerializer.Deserialize<JsonElement>(text).GetProperty("result").GetInt32());
                }
            });
    }

    [Fact(Timeout = 300_000)]
    public async Task Oversized_NamesTheLimit()
    {
        using var body = new ByteArrayContent(new byte[(1024 * 1024) + 1]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        using var put = await _witness.Http.PutAsync("/gotapi/health/thermometer", body);
        using var line = await _witness.Http.GetAsync("/gotapi/availability?x=" + new string('x', 20_000));
        using var socket = await Connect("/gotapi/websocket", "https://hostile.example");
        await Send(socket, new byte[20_000]);
        using var link = await Connect("/gotapi/plugin", null);
        await Send(link, new byte[LinkLimits.MaxHelloBytes + 1]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, put.StatusCode);
        Assert.Contains("Gotapi:BodyLimit", await put.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, line.StatusCode);
        Assert.Contains("Gotapi:HeaderLimit", await line.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null(await Receive(socket));
        Assert.Equal("Gotapi:SocketFrameLimit", socket.CloseStatusDescription);
        Assert.Contains($"{LinkLimits.MaxHelloBytes}", await Receive(link), StringComparison.Ordinal);
        await WitnessIsServed();
    }

    [Fact(Timeout = 300_000)]
    public async Task Connections_ThatNeverFinishTheirRequest_HurtNobody()
    {
        var slow = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 300; i++)
            {
                var client = new TcpClient();
                slow.Add(client);
                await client.ConnectAsync(IPAddress.Loopback, _host.Url.Port);
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                    i % 3 == 0 ? "GET /gotapi/avail" :
                    i % 3 == 1 ? "PUT /gotapi/health/thermometer HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\na" :
                    "GET /gotapi/websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgr"));
            }

            for (var i = 0; i < 50; i++)
            {
                await WitnessIsServed();
            }
        }
        finally
        {
            slow.ForEach(client => client.Dispose());
        }
    }

    private async Task Run<T>(Arbitrary<T> input, Func<T, Task> attack)
    {
        // The first ones fill caches and pools.
        await Check(input, attack, 30);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await Check(input, attack, Runs);
        await WitnessIsServed();
        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(growth < MostGrowth, $"{growth / 1024} KB more after {Runs} inputs");
    }

    // The properties of the library are synchronous; its thread waits for them.
    private static Task Check<T>(Arbitrary<T> input, Func<T, Task> attack, int runs) => Task.Run(() => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(runs).WithEndSize(200),
        Prop.ForAll(input, value => attack(value).WaitAsync(TimeSpan.FromSeconds(30)).GetAwaiter().GetResult())));

    private async Task WitnessIsServed()
    {
        var answer = await _witness.Health("GET", "thermometer", TheWard.ServiceOf(0)).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, answer.GetProperty("result").GetInt32());
    }

    private async Task<ClientWebSocket> Connect(string path, string? origin)
    {
        var socket = new ClientWebSocket();
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        await socket.ConnectAsync(new UriBuilder(WebSocketUrl) { Path = path }.Uri, CancellationToken.None);
        return socket;
    }

    private static async Task Send(ClientWebSocket socket, byte[] frame)
    {
        try
        {
            await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // The server has ended the connection already; what it said is still to be read.
        }
    }

    // A text frame that is no text breaks the protocol below the product's, and the connection may just end.
    private static void AssertToldByTheClose(ClientWebSocket socket, byte[] frame) =>
        Assert.True(socket.CloseStatus is not null || !Utf8.IsValid(frame), "the connection ended without a reason");

    /// <summary>The next message, or null when the socket was closed or broke.</summary>
    private static async Task<string?> Receive(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part;
            try
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
            }
            catch (WebSocketException)
            {
                return null;
            }

            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return Encoding.UTF8.GetString(buffer, 0, length);
            }
        }
    }
}
