using System.Buffers;
using Dwapi.Gotapi.Codes;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Quantities;
using Dwapi.Gotapi.Time;
using Dwapi.Grains.Devices;

namespace Dwapi.WebApi.Tests.Hosting;

/// <summary>A device that measures when a test says so.</summary>
public sealed record TestDevice(GotapiHost Host, string EdgeId, string ServiceId, HealthAttribute Attribute)
{
    public IDeviceGrain Grain => Host.Device(ServiceId);

    /// <summary>The part of the path behind /gotapi/.</summary>
    public string Path => "health/" + Attribute.Name;

    public string Query => "serviceId=" + Uri.EscapeDataString(ServiceId);

    /// <summary>Reports measurements of these values, each a second later than the one before.</summary>
    public async Task Measure(params string[] values)
    {
        var items = new List<ReportItem>();
        foreach (var value in values)
        {
            items.Add(Item(value, Host.Time.GetUtcNow().ToUnixTimeMilliseconds() + items.Count));
        }

        await Report([.. items]);
    }

    /// <summary>Reports a value with the device's own stamp.</summary>
    public Task MeasureAt(string value, DateTimeOffset time) => Report(Item(value, time.ToUnixTimeMilliseconds()) with { Stamped = true });

    public Task MeasureIntermediate(string value) => Grain.ReportIntermediate(Item(value, Host.Time.GetUtcNow().ToUnixTimeMilliseconds()));

    private async Task Report(params ReportItem[] items)
    {
        var result = await Grain.Report(new ReportBatch(EdgeId, "epoch", [.. items]), CancellationToken.None);
        Assert.All(result.Outcomes, outcome => Assert.Equal(ReportOutcome.Committed, outcome));
    }

    private ReportItem Item(string value, long at)
    {
        var slice = new ArrayBufferWriter<byte>();
        using (var quantities = QuantitiesWriter.Begin(slice, CodeSpelling.Standard))
        {
            var part = Attribute.Parts[0];
            var time = new TimeStamp(at, 0);
            quantities.Write(part, new Quantity(DecimalNumber.Parse(value), part.Types[0], part.Units[0], time, timeStampByPlugIn: true));
        }

        return new ReportItem(
            Attribute.Name, 0, at, at, Stamped: false, default, BatteryLevel.FromPercent(51).Utf8, HealthSlices.Inner(slice.WrittenMemory));
    }
}
