using Dwapi.Gotapi.Printing;
using Dwapi.Grains.Printing;
using Dwapi.Grains.Tests.Runtime;

namespace Dwapi.Grains.Tests.Printing;

/// <summary>Jobs that have ended are kept for a time, and their keys with them.</summary>
public sealed class EndedPrintsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task EndedJob_AnswersItsKeyForTheTimeOfKeeping_AndIsForgottenAfterARestartToo()
    {
        await using (var host = await Start())
        {
            var printer = await TestPrinter.Connect(host);
            await printer.Print("job-1", PrintJobTrigger.Failed);
            Assert.Equal(0, (await printer.Order("job-1")).ErrorCode);
            Assert.Equal(10, (await printer.Order("job-1", "other.gcode")).ErrorCode);
        }

        await using var again = await Start();
        again.Clock.Set(TimeSpan.FromDays(2) - TimeSpan.FromMinutes(1));
        var back = await TestPrinter.Connect(again);
        Assert.Equal(10, (await back.Order("job-1", "other.gcode")).ErrorCode);
        again.Clock.Set(TimeSpan.FromMinutes(1));
        await back.Snapshot(OperatingStatus.Heating);

        await Eventually.Is(async () => (await back.Order("job-1", "other.gcode")).ErrorCode, error => error == 0);
    }

    [Fact]
    public void Due_IsWhatIsOldOrTooMuch()
    {
        var data = new EndedData();
        var ended = new EndedPrints(data, TimeSpan.FromSeconds(10));
        Assert.True(ended.Note("a", open: true, 0));
        Assert.True(ended.Note("b", open: false, 5_000));
        Assert.False(ended.Note("b", open: false, 6_000));

        Assert.Equal(["a"], ended.Open);
        Assert.Empty(ended.Due(9_999));
        Assert.Equal(["a"], ended.Due(10_000));
        Assert.True(ended.Note("a", open: false, 0));
        Assert.Empty(ended.Open);
        Assert.True(ended.Remove("a"));
        for (var job = 0; job < EndedPrints.Most; job++)
            data.Jobs.Add(new EndedPrint { JobId = $"{job}", EndedAt = 6_000 });
        Assert.Equal(["b"], ended.Due(6_000));
    }

    private Task<GrainHost> Start() => GrainHost.StartIn(_directory.Path, [.. TestPrinter.Models, ("Printing:KeepEndedJobs", "2.00:00:00")]);
}
