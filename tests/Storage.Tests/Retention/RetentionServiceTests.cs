using Dwapi.Storage.Measurements;
using Dwapi.Storage.Retention;
using Dwapi.Storage.Tests.Measurements;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Dwapi.Storage.Tests.Retention;

/// <summary>DECISIONS 19.</summary>
public sealed class RetentionServiceTests
{
    private const long Day = 86_400_000;
    private readonly MemoryMeasurementStore _store = new();
    private readonly RetentionOptions _options = new();

    [Fact]
    public async Task Decision19_Defaults_RemoveHeartAfter30DaysAndKeepTheRest()
    {
        await Fill();

        await RunAtDay(100);

        Assert.Equal([71, 99], await Days("heart"));
        Assert.Equal([1, 69, 71, 99], await Days("weight"));
    }

    [Fact]
    public async Task RunOnce_TenantHasItsOwn_UsesThat()
    {
        _options.Tenants[Given.Tenant] = new() { ["heart"] = TimeSpan.FromDays(35), ["weight"] = TimeSpan.FromDays(30) };
        await Fill();

        await RunAtDay(100);

        Assert.Equal([69, 71, 99], await Days("heart"));
        Assert.Equal([71, 99], await Days("weight"));
    }

    [Fact]
    public async Task RunOnce_Zero_KeepsForEver()
    {
        _options.Attributes["heart"] = TimeSpan.Zero;
        await Fill();

        await RunAtDay(100);

        Assert.Equal([1, 69, 71, 99], await Days("heart"));
    }

    private async Task Fill()
    {
        foreach (var attribute in new[] { "heart", "weight" })
        {
            await _store.Append(Given.Request(0, [.. new[] { 1, 69, 71, 99 }.Select(d => Given.Item(0, d * Day, attribute))]), CancellationToken.None);
        }
    }

    private async Task<IEnumerable<long>> Days(string attribute) =>
        (await _store.GetHistory(Given.Tenant, Given.Device, new(attribute, 0, long.MaxValue, false, "", 100), CancellationToken.None))
            .Measurements.Select(m => m.MeasuredAt / Day);

    private Task RunAtDay(int day) => new RetentionService(
        _store, _store, Options.Create(_options), new StoppedClock(DateTimeOffset.UnixEpoch.AddDays(day)), NullLogger<RetentionService>.Instance)
        .RunOnce(CancellationToken.None);

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
