using Dwapi.Gotapi.Printing;
using Dwapi.Grains.Hosting;
using Dwapi.Grains.Printing;
using Dwapi.Grains.Settings;
using Dwapi.Grains.Tests.Runtime;

namespace Dwapi.Grains.Tests.Printing;

/// <summary>Quotas of a tenant and of groups of its applications.</summary>
public sealed class PrintQuotaTests
{
    private const string Member = "https://class7b.example";

    private static readonly (string, string) OfGroup = ("Printing:Groups:7b:Members:0", Member);

    [Theory]
    [InlineData("Printing:JobsPerPrinter", GrainHost.Origin)]
    [InlineData("Printing:Groups:7b:JobsPerPrinter", Member)]
    [InlineData("Printing:Groups:7b:JobsPerApplication", Member)]
    public async Task Queue_ThatIsFull_IsError17WithTheLimitAndWhen(string setting, string origin)
    {
        await using var host = await GrainHost.Start([.. TestPrinter.Models, OfGroup, (setting, "1")]);
        var printer = await TestPrinter.Connect(host);
        Assert.Equal(0, (await printer.Order("job-1", origin: origin)).ErrorCode);

        var refused = await printer.Order("job-2", origin: origin);

        Assert.Equal(17, refused.ErrorCode);
        Assert.Contains($"({setting})", refused.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("when one of them has ended", refused.ErrorMessage, StringComparison.Ordinal);
        if (origin == Member)
            Assert.Equal(0, (await printer.Order("job-3")).ErrorCode);
    }

    [Theory]
    [InlineData("Printing:JobsPerDay", GrainHost.Origin)]
    [InlineData("Printing:Groups:7b:JobsPerDay", Member)]
    public async Task Day_ThatIsUsedUp_IsError17UntilTheNextOne(string setting, string origin)
    {
        await using var host = await GrainHost.Start([.. TestPrinter.Models, OfGroup, (setting, "1")]);
        var printer = await TestPrinter.Connect(host);
        Assert.Equal(0, (await printer.Order("job-1", origin: origin)).ErrorCode);
        Assert.Equal(0, (await printer.Order("job-1", origin: origin)).ErrorCode);
        await printer.Job("job-1").Cancel("printer", "");

        var refused = await printer.Order("job-2", origin: origin);

        Assert.Equal(17, refused.ErrorCode);
        Assert.Contains($"({setting}). Order again after 2026-01-0", refused.ErrorMessage, StringComparison.Ordinal);
        host.Clock.Set(TimeSpan.FromDays(1));
        Assert.Equal(0, (await printer.Order("job-2", origin: origin)).ErrorCode);
    }

    [Fact]
    public async Task HoursOfADay_CountEstimatesElseWhatItTook()
    {
        await using var host = await GrainHost.Start([.. TestPrinter.Models, ("Printing:HoursPerDay", "1")]);
        var printer = await TestPrinter.Connect(host);
        await printer.Print("job-1");
        await printer.Report("job-1", 1, PrintJobTrigger.Fetched);
        Assert.Equal(0, (await printer.Order("job-2")).ErrorCode);
        await printer.Report("job-1", 2, PrintJobTrigger.VerifiedPrintable, seconds: 3600);

        // The day hears of it on its own time, and an order that was taken before stays so.
        await Eventually.Is(() => HasRoom(host), room => !room);

        var refused = await printer.Order("job-3");

        Assert.Equal(17, refused.ErrorCode);
        Assert.Contains("(Printing:HoursPerDay)", refused.ErrorMessage, StringComparison.Ordinal);
    }

    private static async Task<bool> HasRoom(GrainHost host)
    {
        var day = host.Client.GetGrain<IPrintDayGrain>(TenantKey.Of(GrainHost.Tenant, PrintingQuota.Everybody));
        var refusal = await day.Take("probe");
        await day.Return("probe");
        return refusal.Length == 0;
    }

    [Fact]
    public async Task Approval_OfAGroup_HoldsItsJobsOnly()
    {
        await using var host = await GrainHost.Start([.. TestPrinter.Models, OfGroup, ("Printing:Groups:7b:Approval", "true")]);
        var printer = await TestPrinter.Connect(host);
        await printer.Order("job-1", origin: Member);
        await printer.Order("job-2");

        Assert.True((await printer.Entry("job-1"))!.Held);
        Assert.Null((await printer.Entry("job-2"))!.Held);
    }

    [Fact]
    public void Settings_OfTenantsAndGroups_AreChecked()
    {
        var options = new PrintingOptions();
        options.Tenants["a"] = new PrintingTenant { JobsPerDay = 0 };
        options.Groups["*"] = new PrintingGroup { Members = { Member } };
        options.Groups["7b"] = new PrintingGroup();
        options.ContentServers.Add(new ContentServerOptions { Id = "x", Url = "no address" });

        var failures = new PrintingOptionsValidation().Validate(null, options).Failures!.ToList();

        Assert.Contains(failures, failure => failure.StartsWith("Printing:Tenants:a", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.StartsWith("Printing:Groups:*", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.StartsWith("Printing:Groups:7b:Members", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.StartsWith("Printing:ContentServers:0", StringComparison.Ordinal));
    }
}
