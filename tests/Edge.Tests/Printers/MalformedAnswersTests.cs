using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Dwapi.Edge.Printers;
using Dwapi.Edge.Resilience;
using Dwapi.Edge.Tests.Printers.Scripted;
using Dwapi.Edge.Tests.Support;
using Dwapi.Gotapi.Printing;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Dwapi.Edge.Tests.Printers;

/// <summary>Whatever answers: it is a typed fault or a printer that is offline, costs little, and nothing is started.</summary>
public sealed class MalformedAnswersTests : IDisposable
{
    private const string Start = "start";

    // 4 MB of an answer are read; the rest is on its way in the buffers of both ends, which a kernel lets grow to some 32 MB.
    private const long MostTaken = 64 << 20;

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private long _mostSent;

    public static TheoryData<PrinterKind, string> Damages
    {
        get
        {
            var data = new TheoryData<PrinterKind, string>();
            foreach (var kind in new[] { PrinterKind.Moonraker, PrinterKind.OctoPrint, PrinterKind.PrusaLink })
            {
                foreach (var damage in new[] { "page", "array", "empty", "deep", "huge", "endless", "truncated", "twice", "garbage" })
                    data.Add(kind, damage);
            }

            return data;
        }
    }

    public static TheoryData<PrinterKind> Kinds => [PrinterKind.Moonraker, PrinterKind.OctoPrint, PrinterKind.PrusaLink];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Answer_ThatIsDamaged_IsATypedFaultAndAnOfflineReading(PrinterKind kind, string damage)
    {
        await using var printer = await BackEndAsync(kind);
        printer.Interfere = context => SpoilAsync(context, damage);
        await using var connector = Connect(kind, printer);
        await using var log = new ReadingLog(connector);

        await Assert.ThrowsAsync<PrinterException>(() => connector.GetStatusAsync(default));
        await Assert.ThrowsAsync<PrinterException>(() => connector.DescribeAsync(default));
        await Assert.ThrowsAsync<PrinterException>(() => connector.FindAsync("cube.gcode", default));
        var reading = await log.UntilAsync(_ => true);

        Assert.Equal((OperatingStatus.Offline, false), (reading.Status, reading.Occupied));
        Assert.InRange(reading.Troubles.Single().Message.Length, 1, 1000);
        Assert.InRange(_mostSent, 0, MostTaken);
        Assert.DoesNotContain(printer.Requests, IsStart);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Answer_ThatDoesNotCome_IsGivenUp(PrinterKind kind)
    {
        await using var printer = await BackEndAsync(kind);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        printer.Interfere = async context =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        };
        await using var connector = Connect(kind, printer);

        var answer = connector.GetStatusAsync(default);
        await asked.Task.WaitAsync(Patience.Limit);
        Assert.False(answer.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(PrinterFault.Unreachable, (await Assert.ThrowsAsync<PrinterException>(() => answer)).Fault);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Answer_WithAnyMemberOfAnotherType_IsReadOrATypedFault(PrinterKind kind)
    {
        await using var printer = await BackEndAsync(kind);
        await using var connector = Connect(kind, printer);
        var places = new HashSet<string>();
        printer.Rewrite = (path, answer) =>
        {
            foreach (var place in Places(answer, path))
                places.Add(place);
            return answer;
        };
        await AskAllAsync(connector);
        var plain = places.ToArray();

        foreach (var place in plain)
        {
            foreach (var other in new[] { "null", "-7", "\"x\"", "[[]]", "{}" })
            {
                printer.Rewrite = (path, answer) => place.StartsWith(path, StringComparison.Ordinal) ? Replace(answer, path, place, other) : answer;
                await AskAllAsync(connector);
            }
        }

        Assert.InRange(plain.Length, 10, 200);
        Assert.DoesNotContain(printer.Requests, IsStart);
    }

    [Theory]
    [InlineData(PrinterKind.Moonraker, "no json")]
    [InlineData(PrinterKind.Moonraker, "[]")]
    [InlineData(PrinterKind.Moonraker, "huge")]
    [InlineData(PrinterKind.OctoPrint, "no json")]
    [InlineData(PrinterKind.OctoPrint, "[]")]
    [InlineData(PrinterKind.OctoPrint, "huge")]
    public async Task Push_ThatIsNoObject_EndsTheConnection_AndTheNextOneIsGood(PrinterKind kind, string text)
    {
        await using var printer = await BackEndAsync(kind);
        await using var connector = Connect(kind, printer);
        await using var log = new ReadingLog(connector);
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Idle);

        printer.PushRaw(text == "huge" ? new string(' ', 5 << 20) : text);
        var offline = await log.UntilAsync(reading => reading.Status != OperatingStatus.Idle);
        await _time.PassUntilAsync(log.UntilAsync(reading => reading.Status == OperatingStatus.Idle));

        Assert.Equal(OperatingStatus.Offline, offline.Status);
    }

    [Theory]
    [InlineData(PrinterKind.Moonraker, """{"method":"notify_status_update","params":"x"}""")]
    [InlineData(PrinterKind.Moonraker, """{"method":"notify_status_update","params":[{"print_stats":5,"extruder":{"temperature":"hot"},"webhooks":{"state":[]}}]}""")]
    [InlineData(PrinterKind.Moonraker, """{"method":"notify_job_queue_changed","params":[{"updated_queue":{"a":1}}]}""")]
    [InlineData(PrinterKind.Moonraker, """{"method":7}""")]
    [InlineData(PrinterKind.OctoPrint, """{"current":[]}""")]
    [InlineData(PrinterKind.OctoPrint, """{"current":{"state":{"text":"Operational","flags":{"operational":true,"printing":"yes"}},"job":{"file":[]},"progress":{"completion":"x"},"temps":[7,{"tool0":[],"bed":4}]}}""")]
    [InlineData(PrinterKind.OctoPrint, """{"event":{"type":7,"payload":[]}}""")]
    [InlineData(PrinterKind.OctoPrint, """{"event":{"type":"PrintDone","payload":{"path":{}}}}""")]
    [InlineData(PrinterKind.OctoPrint, """{"unheard":{"of":1}}""")]
    public async Task Push_WithMembersOfOtherTypes_ChangesNothing(PrinterKind kind, string text)
    {
        await using var printer = await BackEndAsync(kind);
        await using var connector = Connect(kind, printer);
        await using var log = new ReadingLog(connector);
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Idle);

        printer.PushRaw(text);
        Heat(printer, 99);
        var reading = await log.UntilAsync(reading => reading.Tools.FirstOrDefault()?.Actual == 99 || reading.Status == OperatingStatus.Offline);

        Assert.Equal(OperatingStatus.Idle, reading.Status);
    }

    public void Dispose() => _folder.Dispose();

    private static void Heat(ScriptedBackEnd printer, double actual)
    {
        if (printer is ScriptedOctoPrint octo)
            octo.Heat(actual, 0);
        else
            ((ScriptedMoonraker)printer).Set("extruder", new JsonObject { ["temperature"] = actual });
    }

    private static bool IsStart(string request) => request.StartsWith("POST", StringComparison.Ordinal)
        && (request.Contains(Start, StringComparison.Ordinal) || request.Contains("/files/", StringComparison.Ordinal));

    private static async Task AskAllAsync(IPrinterConnector connector)
    {
        foreach (var ask in new Func<Task>[] { () => connector.GetStatusAsync(default), () => connector.DescribeAsync(default) })
        {
            try
            {
                await ask();
            }
            catch (PrinterException)
            {
                // That is what it is for.
            }
        }
    }

    /// <summary>All members of an answer, each as path#name/name.</summary>
    private static IEnumerable<string> Places(JsonNode answer, string path, string within = "#")
    {
        yield return $"{path}{within}";
        if (answer is not JsonObject members)
            yield break;
        foreach (var (name, value) in members)
        {
            foreach (var place in value is null ? [$"{path}{within}/{name}"] : Places(value, path, $"{within}/{name}"))
                yield return place;
        }
    }

    private static JsonNode Replace(JsonNode answer, string path, string place, string other)
    {
        var names = place[(path.Length + 1)..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        var by = JsonNode.Parse(other);
        if (place[path.Length] != '#')
            return answer;
        if (names.Length == 0)
            return by ?? new JsonArray();
        JsonNode? at = answer;
        foreach (var name in names[..^1])
            at = (at as JsonObject)?[name];
        if (at is JsonObject holder)
            holder[names[^1]] = by;
        return answer;
    }

    private async Task<bool> SpoilAsync(HttpContext context, string damage)
    {
        var response = context.Response;
        response.ContentType = "application/json";
        switch (damage)
        {
            case "page":
                await response.WriteAsync("<html>Welcome</html>");
                break;
            case "array":
                await response.WriteAsync("[1,2]");
                break;
            case "empty":
                break;
            case "deep":
                await response.WriteAsync(string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string('}', 5000));
                break;
            case "twice":
                await response.WriteAsync("{\"state\":\"a\",\"state\":\"b\"}");
                break;
            case "huge":
                response.ContentLength = 1L << 40;
                await response.WriteAsync("{\"a\":\"");
                await response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            case "endless":
                await response.WriteAsync("{\"a\":\"");
                await response.Body.FlushAsync();
                await SendWithoutEndAsync(context.Features.Get<IConnectionSocketFeature>()!.Socket);
                context.Abort();
                break;
            case "truncated":
                response.ContentLength = 1000;
                await response.WriteAsync("{\"state\":");
                await response.Body.FlushAsync();
                context.Abort();
                break;
            default:
                await response.WriteAsync("\0\u0001{\u007f");
                break;
        }

        return true;
    }

    // Past the server: until it is told that a request has ended it takes without end what goes nowhere, and what is counted is what went somewhere.
    private async Task SendWithoutEndAsync(Socket socket)
    {
        var chunk = Encoding.ASCII.GetBytes($"10000\r\n{new string('x', 0x10000)}\r\n");
        try
        {
            for (long sent = 0; ; sent += await socket.SendAsync(chunk.AsMemory()))
                InterlockedMax(ref _mostSent, sent);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The edge has had enough.
        }
    }

    private static void InterlockedMax(ref long most, long value)
    {
        for (long seen; (seen = Interlocked.Read(ref most)) < value;)
            Interlocked.CompareExchange(ref most, value, seen);
    }

    private static async Task<ScriptedBackEnd> BackEndAsync(PrinterKind kind) => kind switch
    {
        PrinterKind.Moonraker => await ScriptedMoonraker.StartAsync(),
        PrinterKind.OctoPrint => await ScriptedOctoPrint.StartAsync(),
        _ => await ScriptedPrusaLink.StartAsync(),
    };

    private IPrinterConnector Connect(PrinterKind kind, ScriptedBackEnd printer) => PrinterConnectors.Make(
        new PrinterOptions
        {
            Id = "p",
            Kind = kind,
            Address = printer.Address,
            ApiKey = kind == PrinterKind.OctoPrint ? ScriptedOctoPrint.Key : null,
            Password = kind == PrinterKind.PrusaLink ? ScriptedPrusaLink.Password : null,
        },
        new HostPolicies(_time), _time);
}
