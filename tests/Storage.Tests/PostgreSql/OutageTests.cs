using Dwapi.Grains.Ports;
using Dwapi.Grains.Settings;
using Dwapi.Storage.Measurements;
using Dwapi.Storage.Tests.Measurements;
using Dwapi.Tests.PostgreSql;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Dwapi.Storage.Tests.PostgreSql;

/// <summary>A host on PostgreSQL whose server goes away and comes back, and hosts whose settings or database are wrong.</summary>
public sealed class OutageTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Server_GoesAwayAndComesBack_NothingIsAcknowledgedMeanwhileAndTheHostGoesOnByItself(bool crash)
    {
        await using var server = await PrivatePostgreSql.Start();
        using var host = Build(("ConnectionStrings:Dwapi", await server.AddSchema()));
        await host.StartAsync(None);
        var store = Assert.IsType<PostgreSqlMeasurementStore>(host.Services.GetRequiredService<IMeasurementStore>());
        await store.Append(0, Given.Item(1), Given.Item(2));
        await IsHealthy(host);

        await (crash ? server.Crash() : server.Stop());
        var thrown = await Assert.ThrowsAsync<MeasurementStoreException>(() => store.Append(2, Given.Item(3)));
        Assert.Contains("ConnectionStrings:Dwapi", thrown.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MeasurementStoreException>(() => store.Head());
        await Assert.ThrowsAsync<MeasurementStoreException>(() => store.Append(2, Given.Item(3)));
        Assert.Equal(HealthStatus.Unhealthy, await Health(host));

        await server.StartAgain();
        await IsHealthy(host);
        Assert.Equal([1, 2], (await store.After(0)).Sequences());
        Assert.Equal(3, (await store.Append(2, Given.Item(3))).Items[0].Sequence);
        await host.StopAsync(None);
    }

    [Theory]
    [InlineData("Dwapi:Store", "postgres", "needs ConnectionStrings:Dwapi")]
    [InlineData("ConnectionStrings:Dwapi", "Host=x;Pasword=secret", "ConnectionStrings:Dwapi is wrong")]
    [InlineData("ConnectionStrings:Dwapi", "Username=x", "names no Host")]
    public async Task Start_WrongSetting_SaysSoInOneLineWithoutThePassword(string key, string value, string line)
    {
        using var host = Build((key, value));

        var thrown = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(None));

        Assert.Contains(line, Assert.Single(thrown.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("memory")]
    public async Task Start_ConnectionStringAndAnotherStore_IsAContradiction(string kind)
    {
        using var host = Build(("ConnectionStrings:Dwapi", "Host=x"), ("Dwapi:Store", kind));

        var thrown = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(None));

        Assert.Contains("remove one of them", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NoServerThere_SaysSoInOneLine()
    {
        using var host = Build(("ConnectionStrings:Dwapi", "Host=127.0.0.1;Port=1;Username=dwapi;Password=secret;Database=ward"));

        var thrown = await Assert.ThrowsAsync<DatabaseException>(() => host.StartAsync(None));

        Assert.Contains("ward on 127.0.0.1", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NoSuchDatabase_SaysWhatToMake()
    {
        var server = await PrivatePostgreSql.Shared();
        using var host = Build(("ConnectionStrings:Dwapi", server.ConnectionString.Replace("=postgres", "=nowhere", StringComparison.Ordinal)));

        var thrown = await Assert.ThrowsAsync<DatabaseException>(() => host.StartAsync(None));

        Assert.Contains("createdb", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SoleHost_WhileAnotherHasTheDatabase_DoesNotStartAndDoesOnceItIsGone()
    {
        var schema = ("ConnectionStrings:Dwapi", await PrivatePostgreSql.NewSchema());
        using var first = BuildSole(schema);
        await first.StartAsync(None);

        using (var second = BuildSole(schema))
        {
            var thrown = await Assert.ThrowsAsync<DatabaseException>(() => second.StartAsync(None));
            Assert.Contains("in use by another host", thrown.Message, StringComparison.Ordinal);
        }

        await first.StopAsync(None);
        using var third = BuildSole(schema);
        await third.StartAsync(None);
        await third.StopAsync(None);
    }

    // A look that a busy server does not answer within its three seconds is followed by the next one.
    private static async Task IsHealthy(IHost host)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (await Health(host) != HealthStatus.Healthy)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(30), "still not healthy");
        }
    }

    private static async Task<HealthStatus> Health(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(None)).Status;

    private static IHost BuildSole((string Key, string Value) setting)
    {
        var builder = Builder(setting);
        builder.Services.AddDwapiSoleHost();
        return builder.Build();
    }

    private static IHost Build(params (string Key, string Value)[] settings) => Builder(settings).Build();

    private static HostApplicationBuilder Builder(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value));
        builder.Services.AddOptions<DwapiOptions>().BindConfiguration(DwapiOptions.Section);
        builder.Services.AddDwapiStorage();
        return builder;
    }
}
