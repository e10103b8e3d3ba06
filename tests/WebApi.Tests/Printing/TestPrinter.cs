using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Printing;
using Dwapi.Gotapi.Time;
using Dwapi.WebApi.Tests.Hosting;
using Dwapi.WebApi.Tests.PluginLink;

namespace Dwapi.WebApi.Tests.Printing;

/// <summary>An edge with one printer on a real link; it reports and answers what the test says.</summary>
internal sealed class TestPrinter : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly GotapiHost _host;
    private readonly string _key;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly ConcurrentDictionary<long, TaskCompletionSource<RefusedItem?>> _waiting = [];
    private readonly Channel<RequestFrame> _requests = Channel.CreateUnbounded<RequestFrame>();
    private readonly Dictionary<string, long> _numbers = [];
    private LinkClient _link = null!;
    private Task _reading = Task.CompletedTask;
    private long _sequence;

    private TestPrinter(GotapiHost host, string edgeId, string key)
    {
        _host = host;
        _key = key;
        EdgeId = edgeId;
        ServiceId = "printer:" + edgeId;
    }

    public string EdgeId { get; }

    public string ServiceId { get; }

    public string Query => "serviceId=" + Uri.EscapeDataString(ServiceId);

    /// <summary>Error code with which it answers requests; 0 for success.</summary>
    public int Answer { get; set; }

    public static async Task<TestPrinter> Connect(GotapiHost host)
    {
        var edgeId = "edge-" + Guid.NewGuid().ToString("N")[..8];
        var printer = new TestPrinter(host, edgeId, await host.TenantGrain.EnrolEdge(edgeId, edgeId));
        await printer.Open();
        return printer;
    }

    public async Task Open()
    {
        _link = await LinkClient.HelloAsync(_host.Address, EdgeId, _key, _sequence);
        await _link.ReceiveAsync<WelcomeFrame>();
        _reading = Read();
        await Send(new ServicesFrame
        {
            Services =
            [
                new ServiceAnnouncement
                {
                    ServiceId = ServiceId,
                    Name = "Classroom printer",
                    Type = "WiFi",
                    Scopes = PrintingProfile.Scopes,
                    Profiles = [new ServiceProfile(PrintingProfile.Name, PrintingProfile.Attributes)],
                    Device = DeviceObjectWriter.ToUtf8(new DeviceObject { ProductName = "Classroom printer", ModelNumber = "MK3", SerialNumber = "7" }, hasModelName: false),
                },
            ],
        });
    }

    public async Task Close()
    {
        await _link.DisposeAsync();
        await _reading;
    }

    /// <summary>Returns when the host knows that the link is down.</summary>
    public async Task Gone()
    {
        while ((await _host.Edge(EdgeId).GetStatus()).Connected)
        {
            await Task.Yield();
        }
    }

    /// <summary>A snapshot; returns when it is acknowledged.</summary>
    public Task<RefusedItem?> Report(OperatingStatus status, double nozzle = 25, double? progress = null, params ImmutableArray<PrintQueueEntry> queue)
    {
        var now = _host.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var snapshot = new PrinterSnapshot
        {
            PrintAttribute = new PrinterAttributes
            {
                PrintType = PrintTypes.Fdm,
                PrintSizeX = 250,
                PrintSizeY = 210,
                PrintSizeZ = 200,
                Network = "WiFi",
                Memory = 512,
            },
            Status = new PrinterStatus
            {
                OperatingStatus = status,
                NozzleTemperature = nozzle,
                Progress = progress,
                TimeStamp = now,
                TimeStampString = new TimeStamp(now, 0).ToString(),
            },
            PrintQueue = queue,
        };
        return Item(PrintingProfile.Information, JsonSerializer.Serialize(snapshot, PrintingJson.Default.PrinterSnapshot));
    }

    /// <summary>The next report of a job.</summary>
    public Task<RefusedItem?> Job(string jobId, PrintJobTrigger trigger, PrintError? error = null, bool attention = false)
    {
        var number = _numbers[jobId] = _numbers.GetValueOrDefault(jobId) + 1;
        return JobNumber(jobId, number, trigger, error, attention);
    }

    public async Task Jobs(string jobId, params PrintJobTrigger[] triggers)
    {
        foreach (var trigger in triggers)
        {
            Assert.Null(await Job(jobId, trigger));
        }
    }

    public Task<RefusedItem?> JobNumber(string jobId, long number, PrintJobTrigger trigger, PrintError? error = null, bool attention = false)
    {
        var report = new PrintJobReport
        {
            JobId = jobId,
            Number = number,
            Trigger = trigger,
            At = _host.Time.GetUtcNow().ToUnixTimeMilliseconds(),
            Error = error,
            Attention = attention,
        };
        return Item(PrintingProfile.Job, JsonSerializer.Serialize(report, PrintingJson.Default.PrintJobReport));
    }

    public async Task<RefusedItem?> Item(string attribute, string quantities)
    {
        var sequence = ++_sequence;
        var done = _waiting[sequence] = new TaskCompletionSource<RefusedItem?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var item = string.Create(
            CultureInfo.InvariantCulture,
            $"[{{\"sequence\":{sequence},\"serviceId\":\"{ServiceId}\",\"profile\":\"3dp\",\"attribute\":\"{attribute}\",\"receivedAt\":{_host.Time.GetUtcNow().ToUnixTimeMilliseconds()},\"stamped\":false,\"batteryLevel\":-1.0,\"quantities\":{quantities}}}]");
        await Send(new EventsFrame(Encoding.UTF8.GetBytes(item)));
        return await done.Task.WaitAsync(Patience);
    }

    /// <summary>The next command of the host about a job.</summary>
    public async Task<RequestFrame> Request() => await _requests.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>The next order.</summary>
    public async Task<PrintJobOrder> Order()
    {
        var request = await Request();
        Assert.Equal((RequestMethod.Put, PrintingProfile.Job), (request.Method, request.Attribute));
        return PrintJobOrder.FromParameters(request.Parameters)!;
    }

    public bool HasRequest => _requests.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync() => await _link.DisposeAsync();

    private async Task Send(LinkFrame frame)
    {
        await _sending.WaitAsync();
        try
        {
            await _link.SendAsync(frame);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task Read()
    {
        try
        {
            while (await _link.ReceiveAsync() is { } frame)
            {
                switch (frame)
                {
                    case AckFrame ack:
                        foreach (var refused in ack.Refused)
                        {
                            _waiting[refused.Sequence].TrySetResult(refused);
                        }

                        foreach (var (_, done) in _waiting.Where(item => item.Key <= ack.Sequence))
                        {
                            done.TrySetResult(null);
                        }

                        break;
                    case RequestFrame request:
                        await Send(new ResponseFrame { RequestCode = request.RequestCode, Result = Answer == 0 ? 0 : 1, ErrorCode = Answer == 0 ? null : Answer });

                        // What it has of a job it may be asked at any time: the host asks once a link is up, however late it hears of that.
                        if (request.Method != RequestMethod.Get)
                        {
                            await _requests.Writer.WriteAsync(request);
                        }

                        break;
                }
            }
        }
        catch (Exception fault) when (fault is System.Net.WebSockets.WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The test ended the link.
        }
    }
}
