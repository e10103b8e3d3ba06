using Dwapi.Grains;
using Dwapi.Grains.Ports;
using Dwapi.Grains.Settings;
using Dwapi.Storage.Measurements;
using Dwapi.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Orleans.Storage;

namespace Dwapi.Storage.Tests.Hosting;

public sealed class StorageExtensionsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Start_Sqlite_OpensTheFileAndServesEveryPort()
    {
        using var host = Build("sqlite");
        await host.StartAsync();

        Assert.True(File.Exists(Path.Combine(_directory.Path, SqliteDatabase.FileName)));
        Assert.IsType<SqliteMeasurementStore>(host.Services.GetRequiredService<IMeasurementStore>());
        Assert.NotNull(host.Services.GetRequiredService<IServiceRegistry>());
        Assert.NotNull(host.Services.GetRequiredKeyedService<IGrainStorage>(StateStorage.Provider));
        Assert.Equal(HealthStatus.Healthy, (await Check(host)).Status);
        await host.StopAsync();
    }

    [Fact]
    public async Task Start_Memory_MakesNoFile()
    {
        using var host = Build("memory");
        await host.StartAsync();

        Assert.IsType<MemoryMeasurementStore>(host.Services.GetRequiredService<IMeasurementStore>());
        Assert.NotNull(host.Services.GetRequiredService<IServiceRegistry>());
        Assert.NotNull(host.Services.GetRequiredKeyedService<IGrainStorage>(StateStorage.Provider));
        Assert.Empty(Directory.GetFiles(_directory.Path));
        await host.StopAsync();
    }

    [Fact]
    public async Task Start_DirectoryInUse_Throws()
    {
        using var first = Build("sqlite");
        await first.StartAsync();
        using var second = Build("sqlite");

        await Assert.ThrowsAsync<DataDirectoryException>(() => second.StartAsync());
        await first.StopAsync();
    }

    [Fact]
    public async Task Stop_LetsGoOfTheDirectory()
    {
        using var first = Build("sqlite");
        await first.StartAsync();
        await first.StopAsync();

        using var second = Build("sqlite");
        await second.StartAsync();
        await second.StopAsync();
    }

    [Fact]
    public async Task Check_WhileTheStoreRefusesWrites_IsUnhealthyAndRecoversWithoutTraffic()
    {
        using var host = Build("sqlite");
        await host.StartAsync();
        var database = host.Services.GetRequiredService<SqliteDatabase>();
        var path = Path.Combine(_directory.Path, SqliteDatabase.FileName);
        using (var lockHolder = SqliteSession.OpenWriter(path))
        {
            await Write(database, "PRAGMA busy_timeout = 1");
            lockHolder.Execute("BEGIN IMMEDIATE");
            await Assert.ThrowsAsync<MeasurementStoreException>(() => Write(database, "UPDATE store SET value = value"));

            Assert.Equal(HealthStatus.Unhealthy, (await Check(host)).Status);
        }

        Assert.Equal(HealthStatus.Healthy, (await Check(host)).Status);
        await host.StopAsync();
    }

    public void Dispose() => _directory.Dispose();

    private static async Task Write(SqliteDatabase database, string sql) => await database.Write(
        session =>
        {
            session.Prepare(sql).Run();
            return true;
        },
        CancellationToken.None);

    private static Task<HealthReport> Check(IHost host) => host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    private IHost Build(string store)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.Configure<DwapiOptions>(options =>
        {
            options.Store = store;
            options.DataDirectory = _directory.Path;
        });
        builder.Services.AddDwapiStorage();
        return builder.Build();
    }
}
