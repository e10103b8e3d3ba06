using Dwapi.EndToEnd.Tests.Hosts;
using Dwapi.Grains.Ports;
using Dwapi.Tests.PostgreSql;
using Microsoft.Extensions.DependencyInjection;

namespace Dwapi.EndToEnd.Tests.Applications;

/// <summary>The whole product with its data in PostgreSQL.</summary>
public sealed class PostgreSqlHostTests
{
    [Fact]
    public async Task Host_OnPostgreSql_ServesApplications_NeedsNoDataDirectoryOfItsPredecessor_AndKeepsEverything()
    {
        var database = $"--ConnectionStrings:Dwapi={await PrivatePostgreSql.NewSchema()}";
        string epoch, token;
        await using (var host = await RunningHost.Start(settings: [database]))
        {
            await FirstResults.Wait(host.Url);
            epoch = host.Services.GetRequiredService<IMeasurementStore>().Epoch;
            using var application = new ApplicationClient(host.Url, "http://localhost:8080");
            await application.RequestAccess("serviceDiscovery,health");
            token = application.Token;
            Assert.False(File.Exists(Path.Combine(host.DataDirectory, "dwapi.db")));
        }

        // On another machine, as it were: a data directory of its own, and no demo edge that would fill the store again.
        await using var next = await RunningHost.Start(demo: false, settings: [database]);
        Assert.Equal(epoch, next.Services.GetRequiredService<IMeasurementStore>().Epoch);
        using var again = new ApplicationClient(next.Url, "http://localhost:8080");
        var services = (await again.Expect("GET", $"/gotapi/serviceDiscovery?accessToken={token}")).GetProperty("services");
        var heart = services.EnumerateArray()
            .First(s => s.GetProperty("scopes").EnumerateArray().Any(x => x.GetString() == "heart")).GetProperty("id").GetString();
        var answer = await again.Expect("GET", $"/gotapi/health/heart?serviceId={heart}&accessToken={token}");
        Assert.True(answer.GetProperty("heart").GetProperty("rate").GetProperty("value").GetDecimal() > 0);
    }
}
