using Dwapi.Gotapi.Health;
using Dwapi.WebApi.Tests.Hosting;

namespace Dwapi.WebApi.Tests.Gotapi;

/// <summary>A request with two faults gets the error of the earlier check (gotapi-1.1 section 5, DECISIONS 8).</summary>
public sealed class OrderOfChecksTests(SharedHost shared)
{
    // In the order of the checks; the number behind it is the error. Faults of one letter exclude each other.
    private static readonly (string Fault, int Error, char Excludes)[] Checks =
    [
        ("host", 19, 'h'), ("headers", 1, 'l'), ("verb", 1, 'v'), ("path", 19, 'p'), ("origin", 18, 'o'), ("no token", 13, 't'), ("unknown token", 15, 't'),
        ("scope", 14, 't'), ("no service", 5, 's'), ("unknown service", 6, 's'), ("profile", 2, 's'), ("attribute", 8, 'p'),
        ("method", 3, 'v'), ("not offered", 4, 'p'), ("parameter", 10, 'q'),
    ];

    public static TheoryData<string, string, int> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string, int>();
            for (var i = 0; i < Checks.Length; i++)
            {
                for (var j = i + 1; j < Checks.Length; j++)
                {
                    if (Checks[i].Excludes != Checks[j].Excludes)
                    {
                        pairs.Add(Checks[i].Fault, Checks[j].Fault, Checks[i].Error);
                    }
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task OrderOfChecks_TwoFaults_TheEarlierIsAnswered(string first, string second, int expected)
    {
        string[] faults = [first, second];
        var thermometer = await shared.Edge.AddHealth(HealthAttributes.Thermometer);
        var light = await shared.Edge.AddForeign("light", "onoff");
        var has = faults.ToHashSet();
        using var application = await Application.WithAccess(shared.Host, has.Contains("scope") ? "system" : Application.AllScopes);

        var path = has.Contains("path") ? "health/a/b/c/d"
            : has.Contains("attribute") ? "health/nothing"
            : has.Contains("not offered") ? "health/heart"
            : "health/thermometer";
        var query = new List<string>();
        if (!has.Contains("no token"))
        {
            query.Add("accessToken=" + (has.Contains("unknown token") ? "unknown.token" : application.Token));
        }

        if (!has.Contains("no service"))
        {
            query.Add("serviceId=" + (has.Contains("unknown service") ? "nobody" : has.Contains("profile") ? light : Uri.EscapeDataString(thermometer.ServiceId)));
        }

        if (has.Contains("parameter"))
        {
            query.Add("since=yesterday");
        }

        var method = has.Contains("verb") ? HttpMethod.Patch : has.Contains("method") ? HttpMethod.Post : HttpMethod.Put;
        var headers = new List<(string, string)>();
        if (has.Contains("host"))
        {
            headers.Add(("Host", "evil.example"));
        }

        if (has.Contains("headers"))
        {
            headers.Add(("X-Padding", new string('x', 17_000)));
        }

        if (has.Contains("origin"))
        {
            headers.Add(("Origin", ""));
        }

        var reply = await application.Send(method, $"/gotapi/{path}?{string.Join('&', query)}", null, [.. headers]);
        Assert.Equal(expected, reply.Error);
    }

    [Fact]
    public async Task OrderOfChecks_ExpiredScopeAndUnknownService_Is12()
    {
        await using var host = await GotapiHost.Start(("Gotapi:ScopeLifetime", "00:01:00"));
        using var application = await Application.WithAccess(host);
        host.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(12, (await application.Read("health/thermometer", "serviceId=nobody")).Error);
    }

    [Fact]
    public async Task OrderOfChecks_ExpiredScopeAndMissingScope_Is14()
    {
        await using var host = await GotapiHost.Start(("Gotapi:ScopeLifetime", "00:01:00"));
        using var application = await Application.WithAccess(host, "system");
        host.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(14, (await application.Read("serviceDiscovery")).Error);
    }
}
