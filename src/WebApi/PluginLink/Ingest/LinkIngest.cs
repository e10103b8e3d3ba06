using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Frames;
using Dwapi.Grains.Edges;
using Dwapi.Grains.Settings;
using Dwapi.WebApi.Quotas;

namespace Dwapi.WebApi.PluginLink.Ingest;

/// <summary>Takes the measurements of one link: door, lanes, acknowledgement.</summary>
internal sealed class LinkIngest(
    LinkServices services, PluginKey key, string epoch, Acknowledger acknowledger, EventRate? rate, Action<GotapiError, string> fail,
    CancellationToken ended)
{
    /// <summary>Bytes of frames with unfinished items, per link; a fleet's ordinary traffic stays far below.</summary>
    private const long MaxHeldBytes = 8 * 1024 * 1024;

    private bool _uncredited;
    private readonly FrameBudget _budget = new(MaxHeldBytes);
    private readonly DeviceLanes _lanes = new(services, key, epoch, acknowledger, fail, ended);
    private readonly IntermediateReports _intermediate = new(services, key);
    private readonly Utf8StringCache _strings = new();
    private volatile bool _stopped;

    // Services that were not taken, with the reason.
    private readonly Dictionary<string, ItemRefusal> _unannounced = new(StringComparer.Ordinal);

    /// <summary>Waits until the next frame may be read.</summary>
    public async ValueTask ReadyAsync(CancellationToken cancellationToken)
    {
        await _budget.WaitAsync(cancellationToken);
        while (rate is { IsOverdrawn: true } && _uncredited)
        {
            await Task.Delay(EventRate.Pause, services.Time, cancellationToken);
        }

        _uncredited = false;
    }

    /// <summary>Services were announced; some were refused, and so is what is reported of them.</summary>
    public void Announced(ServicesFrame frame, AnnounceResult result)
    {
        foreach (var service in frame.Services)
        {
            _unannounced.Remove(service.ServiceId);
        }

        foreach (var (serviceId, errorCode, reason) in Refusals(result))
        {
            _unannounced[serviceId] = new ItemRefusal(GotapiErrors.Of(errorCode), reason);
            Log.ServiceRefused(services.Logger, key.EdgeId, serviceId, reason);
            if (errorCode == GotapiErrors.IllegalServerState.Code)
            {
                QuotaMeter.RefusedBy(key.Tenant, nameof(TenantQuotas.Devices));
            }
        }
    }

    private static IEnumerable<RefusedService> Refusals(AnnounceResult result) => result.Refusals.IsDefault
        ? result.Refused.Select(service => new RefusedService(service, GotapiErrors.IllegalServerState.Code, result.Reason))
        : result.Refusals;

    /// <summary>Takes nothing more, and completes when the edge was told of all that was taken, or after a time.</summary>
    public async Task StopAsync(TimeSpan within)
    {
        _stopped = true;
        try
        {
            await acknowledger.Settled().WaitAsync(within, services.Time);
        }
        catch (TimeoutException)
        {
            // Its outcome is not known yet: the edge sends it again, and the store knows it by its position.
        }
    }

    /// <summary>Takes an EVENTS frame.</summary>
    public void Take(EventsFrame frame)
    {
        if (_stopped)
        {
            return;
        }

        var hold = new FrameHold(_budget, frame.Items.Length);
        var reader = new EventItemReader(frame, _strings);
        var items = 0;
        while (reader.MoveNext())
        {
            items++;
            if (Enter(reader.Current.Sequence))
            {
                Take(reader.Current, hold);
            }
        }

        _lanes.Start();
        hold.Release();
        QuotaMeter.Received(key.Tenant, items);
        if (reader.Refusal.IsRefused)
        {
            fail(GotapiErrors.InvalidRequestParameter, reader.Refusal.Message);
        }
    }

    /// <summary>Takes an event in the shape of the health texts; one with a sequence is acknowledged, one without is live.</summary>
    /// <returns>Why an event without a sequence cannot be taken, or null: nothing else would tell its sender.</returns>
    public string? Take(EventFrame frame)
    {
        if (_stopped)
        {
            return null;
        }

        QuotaMeter.Received(key.Tenant, 1);
        if (frame.Sequence is null && rate is not null)
        {
            rate.Charge();
            _uncredited = true;
        }

        if (frame.Sequence is { } sequence && !Enter(sequence))
        {
            return null;
        }

        if (!ItemDoor.TryAdmit(frame, services.Time.GetUtcNow().ToUnixTimeMilliseconds(), out var report, out var refusal))
        {
            if (frame.Sequence is not { } refused)
            {
                return refusal.Message;
            }

            Refuse(refused, frame.ServiceId, refusal);
            return null;
        }

        if (frame.Intermediate)
        {
            _intermediate.Report(frame.ServiceId, report!);
            if (frame.Sequence is { } shown)
            {
                acknowledger.Done(shown);
            }

            return null;
        }

        var hold = new FrameHold(_budget, frame.Members.Length);
        _lanes.Add(Lane.Of(frame.ServiceId, frame.Profile, report!), report!, hold);
        _lanes.Start();
        hold.Release();
        return null;
    }

    private void Take(in EventItem item, FrameHold hold)
    {
        if (_unannounced.Count > 0 && item.ServiceId is { } service && _unannounced.TryGetValue(service, out var above))
        {
            Refuse(item.Sequence, service, above);
        }
        else if (ItemDoor.TryAdmit(item, out var report, out var refusal))
        {
            _lanes.Add(Lane.Of(item.ServiceId, item.Profile, report!), report!, hold);
        }
        else
        {
            Refuse(item.Sequence, item.ServiceId ?? "", refusal);
        }
    }

    /// <summary>Takes the credit of a numbered item; false when it is done already or the link ends for it.</summary>
    private bool Enter(long sequence)
    {
        if (!acknowledger.Spend(1))
        {
            fail(GotapiErrors.InvalidRequestParameter, "More items than the credit given by WELCOME and ACK. Wait for the next ACK.");
            return false;
        }

        if (sequence - acknowledger.Position > LinkPosition.MaxAhead)
        {
            fail(GotapiErrors.InvalidRequestParameter, "The sequence lies too far above the acknowledged one. Number items without holes.");
            return false;
        }

        if (acknowledger.IsDone(sequence))
        {
            acknowledger.Done(sequence);
            return false;
        }

        return true;
    }

    private void Refuse(long sequence, string serviceId, ItemRefusal refusal)
    {
        Log.ItemRefused(services.Logger, key.EdgeId, sequence, serviceId, refusal.Error.Code, refusal.Message);
        acknowledger.Refuse(sequence, refusal.Error.Code, refusal.Message);
    }
}
