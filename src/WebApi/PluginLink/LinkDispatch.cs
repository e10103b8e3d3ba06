using System.Collections.Immutable;
using Dwapi.Gotapi.Frames;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;
using Dwapi.WebApi.PluginLink.Ingest;
using Dwapi.WebApi.PluginLink.Requests;
using Microsoft.Extensions.Logging;

namespace Dwapi.WebApi.PluginLink;

/// <summary>What the server does with each frame of a welcomed edge.</summary>
internal sealed class LinkDispatch(
    PluginKey key,
    string epoch,
    PluginApproval approval,
    IEdgeGrain edge,
    string linkId,
    LinkIngest ingest,
    Acknowledger acknowledger,
    OpenRequests requests,
    FrameSender sender,
    ILogger logger)
{
    private long _pruned;
    private (long Lost, long Dropped) _missing;

    /// <summary>Takes a frame; says why it cannot be taken, or null.</summary>
    public async ValueTask<string?> TakeAsync(LinkFrame frame, CancellationToken cancellationToken)
    {
        switch (frame)
        {
            case EventsFrame events:
                ingest.Take(events);
                return null;
            case EventFrame single:
                return ingest.Take(single);
            case ServicesFrame services:
                // Awaited, so that events behind it find their service.
                return await AnnounceAsync(services);
            case ResponseFrame response:
                return await AnswerAsync(response);
            case PingFrame ping:
                await PingAsync(ping, cancellationToken);
                return null;
            case HelloFrame:
                return "HELLO comes once.";
            default:
                return "This frame is one of the server's.";
        }
    }

    private async ValueTask<string?> AnnounceAsync(ServicesFrame frame)
    {
        var services = ImmutableArray.CreateBuilder<ServiceRegistration>(frame.Services.Length);
        foreach (var announced in frame.Services)
        {
            if (!ServiceDoor.TryAdmit(announced, key.EdgeId, approval, out var service, out var reason))
            {
                Log.ServiceRefused(logger, key.EdgeId, announced.ServiceId, reason);
                return $"The service {announced.ServiceId} is refused: {reason}";
            }

            services.Add(service!);
        }

        ingest.Announced(frame, await edge.Announce(linkId, services.DrainToImmutable(), frame.Removed, frame.Complete));
        return null;
    }

    private async ValueTask<string?> AnswerAsync(ResponseFrame response)
    {
        // A plug-in written to the texts tells its services in the answer to discovery, and all of them.
        var refusal = response is { Result: 0, Services: { } services }
            ? await AnnounceAsync(new ServicesFrame { Services = services, Complete = true })
            : null;
        requests.Answer(response);
        return refusal;
    }

    private async Task PingAsync(PingFrame ping, CancellationToken cancellationToken)
    {
        var acknowledged = Math.Min(ping.Acknowledged, acknowledger.Position);
        if (acknowledged > _pruned)
        {
            _pruned = acknowledged;
            await edge.Prune(epoch, acknowledged);
        }

        if ((ping.Lost, ping.Dropped) is var missing && missing != _missing)
        {
            _missing = missing;
            Log.EdgeMisses(logger, key.EdgeId, ping.Lost, ping.Dropped);
            await edge.NoteMissing(linkId, ping.Lost, ping.Dropped);
        }

        await sender.SendAsync(new PongFrame(acknowledger.Position), cancellationToken);
    }
}
