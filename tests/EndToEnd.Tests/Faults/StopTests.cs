using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Dwapi.EndToEnd.Tests.Hosts;

namespace Dwapi.EndToEnd.Tests.Faults;

/// <summary>The host gets SIGTERM, as from a supervisor or Ctrl-C.</summary>
public sealed partial class StopTests
{
    private const string Steps = "--Logging:LogLevel:Dwapi.WebApi.Draining=Information";

    [Fact]
    public async Task Signal_WithAnApplicationAndAnEdge_ClosesBothAndStopsAtOnce()
    {
        await using var host = new HostProcess();
        await host.StartAsync("--Dwapi:Demo=true", "--Gotapi:Approvals:0:Origins:0=loopback", "--Gotapi:Approvals:0:Scopes:0=*", Steps);
        using (var server = host.Operator())
        {
            await server.EdgeIsConnected("demo");
        }

        using var application = new ApplicationClient(host.Url, "http://localhost:8080");
        await application.RequestAccess("health");
        var (socket, _) = await EventSocket.Open(application);
        using (socket)
        {
            await host.TerminateAsync();
            await socket.Closed();
        }

        var last = await host.LineWith("Stopped after");
        Assert.Equal(0, await host.ExitAsync());
        Assert.Contains("1 WebSockets, 1 plug-in links", host.Output, StringComparison.Ordinal);

        // Well below a second on a machine that has time; the host's bound is 25 s.
        Assert.InRange(double.Parse(Seconds().Match(last).Value, CultureInfo.InvariantCulture), 0, 15);
    }

    [Fact]
    public async Task Signal_WhileBalancersNotice_IsNotReadyAndSaysWhyAndLives()
    {
        await using var host = new HostProcess();
        await host.StartAsync("--Dwapi:DrainDelay=00:01:00", "--Dwapi:DrainTimeout=00:02:00", Steps);
        using var http = new HttpClient { BaseAddress = host.Url };
        Assert.Equal((HttpStatusCode.OK, "Healthy\n"), await Probe(http, "/readyz"));

        await host.TerminateAsync();
        await host.LineWith("Dwapi:DrainDelay");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy\nserving: draining\n"), await Probe(http, "/readyz"));
        Assert.Equal((HttpStatusCode.OK, "Healthy\n"), await Probe(http, "/livez"));
        Assert.Contains("dwapi_gotapi5_sockets 0", (await Probe(http, "/metrics")).Text, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, string Text)> Probe(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [GeneratedRegex(@"[0-9]+\.[0-9]+(?= s)")]
    private static partial Regex Seconds();
}
