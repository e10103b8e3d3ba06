using Dwapi.Gotapi.Printing;

namespace Dwapi.Gotapi.Tests.Printing;

public sealed class SnapshotGateTests
{
    [Theory]
    [InlineData(0.9, 0, SnapshotChange.None)]
    [InlineData(1.0, 0, SnapshotChange.Values)]
    [InlineData(-1.0, 0, SnapshotChange.Values)]
    [InlineData(0, 0.009, SnapshotChange.None)]
    [InlineData(0, 0.01, SnapshotChange.Values)]
    public void Compare_Values_CountFromTheirThresholds(double degrees, double progress, SnapshotChange expected)
    {
        var last = Some.Snapshot();
        var next = last with
        {
            Status = last.Status with { NozzleTemperature = last.Status.NozzleTemperature + degrees, Progress = last.Status.Progress + progress, TimeStamp = 9 },
        };

        Assert.Equal(expected, SnapshotGate.Compare(last, next));
    }

    [Fact]
    public void Compare_StateAlertQueueOrAttribute_IsAChangeOfState()
    {
        var last = Some.Snapshot();
        PrinterSnapshot[] changed =
        [
            last with { Status = last.Status with { OperatingStatus = OperatingStatus.Paused } },
            last with { Status = last.Status with { Alerts = [] } },
            last with { PrintQueue = [] },
            last with { PrintAttribute = last.PrintAttribute with { FileTypes = ["model/3mf"] } },
        ];

        Assert.All(changed, next => Assert.Equal(SnapshotChange.State, SnapshotGate.Compare(last, next)));
        Assert.Equal(SnapshotChange.State, SnapshotGate.Compare(null, last));
        Assert.Equal(SnapshotChange.None, SnapshotGate.Compare(last, Some.Snapshot()));
    }

    [Fact]
    public void Compare_ValueThatAppearsOrGoes_IsTold()
    {
        var last = Some.Snapshot();

        Assert.Equal(SnapshotChange.Values, SnapshotGate.Compare(last, last with { Status = last.Status with { BedTemperature = null } }));
    }
}
