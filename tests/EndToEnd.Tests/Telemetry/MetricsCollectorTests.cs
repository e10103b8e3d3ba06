using System.Diagnostics.Metrics;
using Dwapi.Silo.Telemetry;

namespace Dwapi.EndToEnd.Tests.Telemetry;

/// <summary>Series by their labels, although hot paths find them by the tags as they come.</summary>
public sealed class MetricsCollectorTests : IAsyncLifetime
{
    private readonly MetricsCollector _collector = new();
    private readonly Meter _meter = new("Dwapi.Tests." + Guid.NewGuid().ToString("N"));

    public async ValueTask InitializeAsync() => await _collector.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        _meter.Dispose();
        _collector.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Write_SameTagsAgain_AddUpInOneSeries()
    {
        var counter = _meter.CreateCounter<long>("answers");

        for (var i = 0; i < 3; i++)
        {
            counter.Add(2, new("code", 200), new("path.kind", "health"));
        }

        Assert.Contains("answers{code=\"200\",path_kind=\"health\"} 6\n", _collector.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OtherValueOfATag_IsASeriesOfItsOwn()
    {
        var counter = _meter.CreateCounter<long>("answers");

        counter.Add(1, new KeyValuePair<string, object?>("code", 200));
        counter.Add(1, new KeyValuePair<string, object?>("code", 404));

        var page = _collector.Write();
        Assert.Contains("answers{code=\"200\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("answers{code=\"404\"} 1\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_MoreTagsThanAreRemembered_CountsThemAll()
    {
        var counter = _meter.CreateCounter<long>("answers");

        for (var i = 0; i < 200; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("code", i % 100));
        }

        Assert.Contains("answers{code=\"99\"} 2\n", _collector.Write(), StringComparison.Ordinal);
    }
}
