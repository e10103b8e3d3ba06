using System.Collections.Immutable;
using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Frames;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Settings;
using Dwapi.WebApi.Quotas;

namespace Dwapi.WebApi.PluginLink.Ingest;

/// <summary>
/// One lane per device, printer or print job: in order within it, side by side across them, so that a slow device delays nobody. What gathers while a report
/// is under way goes with the next one (DECISIONS 15). A lane exists only while it has something to do.
/// </summary>
internal sealed class DeviceLanes(
    LinkServices services, PluginKey key, string epoch, Acknowledger acknowledger, Action<GotapiError, string> fail, CancellationToken ended)
{
    // Longer than a grain needs to deactivate and come back, shorter than an operator's patience with a dead store.
    private static readonly ImmutableArray<TimeSpan> RepeatAfter =
        [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

    // A quota that is used up: the edge keeps its measurements, no credit comes back for what is here, and it is tried again.
    private static readonly TimeSpan HoldFor = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<Lane, Queue<LaneItem>> _lanes = [];
    private readonly List<(Lane Lane, Queue<LaneItem> Items)> _opened = [];

    /// <summary>Puts an item into its lane.</summary>
    public void Add(Lane lane, ReportItem item, FrameHold frame)
    {
        frame.Add();
        lock (_lock)
        {
            if (_lanes.TryGetValue(lane, out var items))
            {
                items.Enqueue(new LaneItem(item, frame));
                return;
            }

            items = new Queue<LaneItem>();
            items.Enqueue(new LaneItem(item, frame));
            _lanes.Add(lane, items);
            _opened.Add((lane, items));
        }
    }

    /// <summary>Starts the lanes that <see cref="Add"/> opened; called once per frame, so that a frame's items of a device are one report.</summary>
    public void Start()
    {
        foreach (var (lane, items) in _opened)
        {
            _ = RunAsync(lane, items);
        }

        _opened.Clear();
    }

    private async Task RunAsync(Lane lane, Queue<LaneItem> items)
    {
        try
        {
            var batch = new List<LaneItem>();
            while (TakeBatch(lane, items, batch))
            {
                await ReportAsync(lane, batch);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The link has ended while its measurements were held.
        }
        catch (Exception exception)
        {
            Log.LinkFailed(services.Logger, key.EdgeId, exception);
            fail(GotapiErrors.Unknown, GotapiErrors.Unknown.Message);
        }
    }

    private bool TakeBatch(Lane lane, Queue<LaneItem> items, List<LaneItem> batch)
    {
        batch.Clear();
        lock (_lock)
        {
            while (batch.Count < LinkLimits.MaxItems && items.TryDequeue(out var item))
            {
                batch.Add(item);
            }

            if (batch.Count == 0)
            {
                _lanes.Remove(lane);
            }
        }

        return batch.Count > 0;
    }

    private async Task ReportAsync(Lane lane, List<LaneItem> batch)
    {
        var serviceId = lane.ServiceId;
        for (var attempt = 0; ; attempt++)
        {
            Exception? failure = null;
            var held = "";
            try
            {
                // Not cancelled with the link: what is under way becomes durable, and the edge learns it at its next hello.
                var report = new ReportBatch(key.EdgeId, epoch, [.. batch.Select(item => item.Item)]);
                var result = await lane.Report(services.Grains, key.Tenant, report, CancellationToken.None);
                Settle(serviceId, batch, result);
                held = batch.Count > 0 ? result.ErrorMessage : "";
            }
            catch (Exception exception)
            {
                // Its outcome is unknown. An item with a position may be sent again, the store knows it; one without would be stored twice.
                failure = exception;
                Drop(batch, item => item.EdgeSequence == 0);
            }

            if (batch.Count == 0)
            {
                return;
            }

            if (held.Length > 0)
            {
                await HoldAsync(serviceId, batch.Count, held);
                attempt = -1;
                continue;
            }

            Log.Repeating(services.Logger, key.EdgeId, serviceId, batch.Count, attempt + 1, failure);
            if (attempt == RepeatAfter.Length)
            {
                Drop(batch, _ => true);
                fail(GotapiErrors.IllegalServerState, $"Measurements of {serviceId} cannot be stored now. Connect again later and send them again.");
                return;
            }

            await Task.Delay(RepeatAfter[attempt], services.Time);
        }
    }

    // Ends with the link: what was held is still the edge's.
    private Task HoldAsync(string serviceId, int items, string reason)
    {
        Log.Held(services.Logger, key.EdgeId, serviceId, items, reason);
        QuotaMeter.RefusedBy(key.Tenant, nameof(TenantQuotas.StoredMeasurements));
        return Task.Delay(HoldFor, services.Time, ended);
    }

    /// <summary>Tells what became of the items; leaves those in the batch that have to be repeated.</summary>
    private void Settle(string serviceId, List<LaneItem> batch, ReportResult result)
    {
        var repeat = 0;
        for (var i = 0; i < batch.Count; i++)
        {
            var outcome = i < result.Outcomes.Length ? result.Outcomes[i] : ReportOutcome.Repeat;
            if (outcome == ReportOutcome.Repeat)
            {
                batch[repeat++] = batch[i];
                continue;
            }

            var item = batch[i].Item;
            batch[i].Frame.Release();
            if (outcome == ReportOutcome.Refused)
            {
                Log.ItemRefused(services.Logger, key.EdgeId, item.EdgeSequence, serviceId, result.ErrorCode, result.ErrorMessage);
            }

            if (item.EdgeSequence == 0)
            {
                continue;
            }

            if (outcome == ReportOutcome.Refused)
            {
                acknowledger.Refuse(item.EdgeSequence, result.ErrorCode, result.ErrorMessage);
            }
            else
            {
                acknowledger.Done(item.EdgeSequence);
            }
        }

        batch.RemoveRange(repeat, batch.Count - repeat);
    }

    private static void Drop(List<LaneItem> batch, Predicate<ReportItem> which)
    {
        for (var i = batch.Count - 1; i >= 0; i--)
        {
            if (which(batch[i].Item))
            {
                batch[i].Frame.Release();
                batch.RemoveAt(i);
            }
        }
    }
}
