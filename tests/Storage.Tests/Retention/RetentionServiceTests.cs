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
    public async Task Decision19_Defaults_RemoveHeartAndContinuousOximetryAfter30DaysAndKeepTheRest()
    {
        await Fill();

        await RunAtDay(100);

        Assert.Equal([71, 99], await Days("heart"));
        Assert.Equal([1, 69, 71, 99], await Days("weight"));
        Assert.Equal([1, 69, 71, 71, 99], await Days("pulseOximeter"));
    }

    [Theory]
    [InlineData("", "", "", "", "- 30")]
    [InlineData("", "10", "", "", "- 10")]
    [InlineData("", "0", "", "", "- -")]
    [InlineData("90", "", "", "", "90 90")]
    [InlineData("10", "", "", "", "10 10")]
    [InlineData("0", "", "", "", "- -")]
    [InlineData("90", "20", "", "", "90 20")]
    [InlineData("90", "20", "50", "", "50 50")]
    [InlineData("90", "20", "", "5", "90 5")]
    [InlineData("", "20", "50", "5", "50 5")]
    [InlineData("", "", "0", "5", "- 5")]
    public void Of_PulseOximeter_TheNearestSettingHolds(string all, string continuous, string ownAll, string ownContinuous, string kept)
    {
        var own = _options.Tenants[Given.Tenant] = [];
        Set(_options.Attributes, "pulseOximeter", all);
        Set(_options.Attributes, "pulseOximeterContinuous", continuous);
        Set(own, "pulseOximeter", ownAll);
        Set(own, "pulseOximeterContinuous", ownContinuous);

        var rules = _options.Of(Given.Tenant).Where(rule => rule.Attribute == "pulseOximeter").ToList();

        Assert.Equal(kept, $"{Keep(false)} {Keep(true)}");

        static void Set(IDictionary<string, TimeSpan> settings, string name, string days)
        {
            if (days.Length > 0)
            {
                settings[name] = TimeSpan.FromDays(int.Parse(days, null));
            }
        }

        string Keep(bool kind) => rules.Find(rule => rule.Continuous is null || rule.Continuous == kind) is { Attribute: not null } rule ? $"{rule.Keep.Days}" : "-";
    }

    [Fact]
    public void Of_ContinuousOfAnyAttribute_HasARuleOfItsOwn()
    {
        _options.Attributes["thermometerContinuous"] = TimeSpan.FromDays(7);

        var rule = Assert.Single(_options.Of("any"), rule => rule.Attribute == "thermometer");

        Assert.Equal((true, TimeSpan.FromDays(7), "thermometerContinuous"), (rule.Continuous, rule.Keep, rule.Name));
    }

    [Theory]
    [InlineData("pulseOximeter", 30, "")]
    [InlineData("pulseOximeterContinuous", 0, "")]
    [InlineData("information", 1, "")]
    [InlineData("pulseOximeterContinous", 30, "Dwapi:Retention:Attributes:pulseOximeterContinous is of no attribute.")]
    [InlineData("pulseoximeter", 30, "Dwapi:Retention:Attributes:pulseoximeter is of no attribute.")]
    [InlineData("heartContinuous", 7, "Dwapi:Retention:Attributes:heartContinuous would change nothing: the values of heart are all of one kind. Set heart.")]
    [InlineData("Continuous", 30, "Dwapi:Retention:Attributes:Continuous is of no attribute.")]
    [InlineData("weight", -1, "Dwapi:Retention:Attributes:weight is below zero.")]
    public void Validate_NamesAndTimes_SaysWhatIsWrong(string name, int days, string problem)
    {
        _options.Attributes[name] = TimeSpan.FromDays(days);

        var result = new RetentionOptionsValidation().Validate(null, _options);

        Assert.Equal(problem.Length > 0, result.Failed);
        Assert.StartsWith(problem, result.FailureMessage ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_MisspeltNameOfATenant_NamesTheSetting()
    {
        _options.Tenants["school"] = new() { ["hart"] = TimeSpan.FromDays(1) };

        Assert.Contains("Dwapi:Retention:Tenants:school:hart", new RetentionOptionsValidation().Validate(null, _options).FailureMessage, StringComparison.Ordinal);
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

        // A spot check and a continuous value of the same days; the latest is a continuous one.
        await _store.Append(
            Given.Request(0, [.. new[] { 1, 69, 71 }.Select(d => Given.Item(0, d * Day, "pulseOximeter")),
                .. new[] { 2, 68, 71, 99 }.Select(d => Given.Item(0, d * Day, "pulseOximeter", continuous: true))]),
            CancellationToken.None);
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
