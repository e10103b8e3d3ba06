using System.Reflection;
using System.Text.Json;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Printing;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Printing;
using Dwapi.Grains.Tests.Runtime;

namespace Dwapi.Grains.Tests.Printing;

/// <summary>A store that fails between two snapshots.</summary>
public sealed class SnapshotEventsTests
{
    private readonly PrinterQueue _queue = new(new PrinterData());
    private readonly IDeviceGrain _device = DispatchProxy.Create<IDeviceGrain, Store>();
    private readonly SnapshotEvents _events;

    public SnapshotEventsTests() => _events = new SnapshotEvents(_device, _queue, TimeProvider.System);

    [Fact]
    public async Task Snapshot_ThatWasNotStored_IsNoDuplicateWhenItComesAgain()
    {
        ((Store)_device).Fails = true;
        await Assert.ThrowsAsync<IOException>(() => _events.Report(Snapshot()));
        ((Store)_device).Fails = false;

        Assert.Equal(ReportOutcome.Committed, (await _events.Report(Snapshot())).Outcomes[0]);
    }

    [Fact]
    public async Task QueueChange_ThatWasNotStored_IsToldByTheNextFlush()
    {
        await _events.Report(Snapshot());
        var store = (Store)_device;
        store.Fails = true;
        _queue.Add(new QueuedPrint { JobId = "job", Entry = new PrintQueueEntry { Uri = "x:y", JobId = "job", State = PrintJobState.Queued } });
        await _events.QueueChanged();
        Assert.NotNull(_events.Due);
        store.Fails = false;

        await _events.Flush();

        Assert.Equal(2, store.Stored);
        Assert.Null(_events.Due);
    }

    private static ReportBatch Snapshot() => Some.Batch(Some.Item(attribute: PrintingProfile.Information) with
    {
        Quantities = HealthSlices.Inner(JsonSerializer.SerializeToUtf8Bytes(
            new PrinterSnapshot
            {
                PrintAttribute = new PrinterAttributes(),
                Status = new PrinterStatus { OperatingStatus = OperatingStatus.Idle, TimeStamp = 1, TimeStampString = "x" },
            },
            PrintingJson.Default.PrinterSnapshot)),
    });

    /// <summary>A device that stores or throws.</summary>
    public class Store : DispatchProxy
    {
        public bool Fails { get; set; }

        public int Stored { get; private set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Assert.Equal(nameof(IDeviceGrain.Report), targetMethod!.Name);
            if (Fails)
                return Task.FromException<ReportResult>(new IOException("full"));
            Stored++;
            return Task.FromResult(new ReportResult([ReportOutcome.Committed], 0, ""));
        }
    }
}
