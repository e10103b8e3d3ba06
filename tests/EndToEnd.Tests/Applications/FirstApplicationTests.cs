using System.Text.Json;
using Dwapi.EndToEnd.Tests.Hosts;
using Dwapi.Gotapi.Health;

namespace Dwapi.EndToEnd.Tests.Applications;

/// <summary>A new application from nothing, against the demo devices of the whole product.</summary>
public sealed class FirstApplicationTests : IAsyncLifetime
{
    private const string Origin = "http://localhost:8080";
    private const string Scopes = "serviceDiscovery,serviceInformation,health";
    private RunningHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await RunningHost.Start();
        await FirstResults.Wait(_host.Url);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task NewApplication_FromAvailabilityToDelete_AndResumeWithSince()
    {
        using var application = new ApplicationClient(_host.Url, Origin);
        var availability = await application.Expect("GET", "/gotapi/availability");
        Assert.Equal("Dwapi", availability.GetProperty("product").GetString());
        await application.RequestAccess(Scopes);
        var services = (await application.Expect("GET", $"/gotapi/serviceDiscovery?accessToken={application.Token}")).GetProperty("services");
        foreach (var attribute in HealthAttributes.All.Select(attribute => attribute.Name))
        {
            var answer = await application.Health("GET", attribute, ServiceWith(services, attribute.ToLowerInvariant()));
            Assert.Equal(0, answer.GetProperty("result").GetInt32());
            Assert.Equal(16, answer.GetProperty(attribute).GetProperty("device").GetProperty("systemId").GetString()!.Length);
        }

        var heart = ServiceWith(services, "heart");
        var (socket, handshake) = await EventSocket.Open(application);
        Assert.Equal(0, handshake.GetProperty("result").GetInt32());
        Assert.Equal(0, (await application.Health("PUT", "heart", heart)).GetProperty("result").GetInt32());
        var first = await socket.Next();
        Assert.True(first.GetProperty("heart").GetProperty("rate").GetProperty("value").GetDecimal() > 0);
        var second = await socket.Next();
        Assert.Equal(Sequence(first) + 1, Sequence(second));

        // The socket breaks; the application comes back and asks for what it missed.
        socket.Dispose();
        var cursor = second.GetProperty("cursor").GetString()!;
        using (var again = await EventSocket.Reopen(application))
        {
            await application.Health("PUT", "heart", heart, $"&since={cursor}");
            await EventOf(again, Sequence(second) + 1);
            Assert.Equal(0, (await application.Health("DELETE", "heart", heart)).GetProperty("result").GetInt32());
        }
    }

    [Fact]
    public async Task Decision01_TwoWorkstationsOfOneOrigin_DoNotDisturbEachOther()
    {
        using var left = new ApplicationClient(_host.Url, Origin);
        using var right = new ApplicationClient(_host.Url, Origin);
        await left.RequestAccess(Scopes);
        var services = (await left.Expect("GET", $"/gotapi/serviceDiscovery?accessToken={left.Token}")).GetProperty("services");
        var heart = ServiceWith(services, "heart");
        var (leftSocket, _) = await EventSocket.Open(left);
        using var keepLeft = leftSocket;
        await left.Health("PUT", "heart", heart);
        await leftSocket.Next();

        await right.RequestAccess(Scopes);
        var (rightSocket, answer) = await EventSocket.Open(right);
        using var keepRight = rightSocket;
        await right.Health("PUT", "heart", heart);

        Assert.Equal(0, answer.GetProperty("result").GetInt32());
        await rightSocket.Next();
        await right.Health("DELETE", "heart", heart);
        var before = Sequence(await leftSocket.Next());
        Assert.Equal(before + 1, Sequence(await leftSocket.Next()));
        Assert.Equal(0, (await left.Health("GET", "heart", heart)).GetProperty("result").GetInt32());
    }

    private static string ServiceWith(JsonElement services, string scope) => services.EnumerateArray()
        .First(s => s.GetProperty("scopes").EnumerateArray().Any(x => x.GetString() == scope)).GetProperty("id").GetString()!;

    private static long Sequence(JsonElement e) => e.GetProperty("sequence").GetInt64();

    /// <summary>The event of a number; the monitor of before may tell a newer one first.</summary>
    private static async Task<JsonElement> EventOf(EventSocket socket, long sequence)
    {
        var seen = new List<long>();
        while (seen.Count < 20)
        {
            var frame = await socket.Next();
            if (Sequence(frame) == sequence)
            {
                return frame;
            }

            seen.Add(Sequence(frame));
        }

        Assert.Fail($"no event {sequence}, but {string.Join(", ", seen)}");
        return default;
    }
}
