using Dwapi.Edge.Outbox;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Link;

/// <summary>
/// The life of one connection after WELCOME: announces services, sends what the outbox holds while credit lasts, takes
/// acknowledgements, answers requests, and watches for silence.
/// </summary>
internal sealed class LinkSession(
    LinkConnection connection, WelcomeFrame welcome, LinkSettings settings, LinkParts parts, TimeProvider time)
{
    // A frame of 250 announcements stays far below the frame limit, whatever the devices say about themselves on average.
    private const int AnnouncementsPerFrame = 250;

    private static readonly TimeSpan GoodbyeWithin = TimeSpan.FromSeconds(2);

    // What a backlog may have under way: enough to keep the server's commits filled, too little to stand in the way of what is live.
    private const int LateUnderWay = 64;

    private readonly CreditGate _credit = new(welcome.Credit);
    private readonly RequestAnswers _answers = new(parts.Catalog);

    /// <summary>Runs until the connection ends; says why by an exception.</summary>
    /// <exception cref="LinkException">The connection is no good any more.</exception>
    /// <exception cref="OperationCanceledException">The edge stops.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await AcknowledgeAsync(welcome.Position, []).ConfigureAwait(false);
        parts.Outbox.Rewind();
        parts.Live.Open();
        parts.Printers?.Welcomed();
        using var silence = new CancellationTokenSource(settings.DeadAfter, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(silence.Token);
        try
        {
            Task[] loops =
            [
                SayGoodbyeAsync(cancellationToken, ending.Token), PingAsync(ending.Token), ReceiveAsync(silence, ending.Token),
                SendAsync(ending.Token), SendLiveAsync(ending.Token),
            ];
            var first = await Task.WhenAny(loops).ConfigureAwait(false);
            await ending.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (silence.IsCancellationRequested)
                throw new LinkException($"nothing was heard for {settings.DeadAfter.TotalSeconds:0} s");
            await first.ConfigureAwait(false);
        }
        finally
        {
            parts.Live.Close();
        }
    }

    // Not through the token of the other loops: cancelling a receive breaks the socket, and the server would not hear the goodbye.
    private async Task SayGoodbyeAsync(CancellationToken stopping, CancellationToken ending)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, ending);
        await Task.Delay(Timeout.InfiniteTimeSpan, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stopping.IsCancellationRequested)
            return;
        using var within = new CancellationTokenSource(GoodbyeWithin, time);
        await connection.CloseAsync(within.Token).ConfigureAwait(false);
    }

    private async Task ReceiveAsync(CancellationTokenSource silence, CancellationToken cancellationToken)
    {
        while (true)
        {
            var frame = await connection.ReceiveAsync(cancellationToken).ConfigureAwait(false);
            silence.CancelAfter(settings.DeadAfter);
            switch (frame)
            {
                case AckFrame ack:
                    _credit.Add(ack.Credit);
                    await AcknowledgeAsync(
                        ack.Sequence,
                        [.. ack.Refused.Select(item => new OutboxRefusal(item.Sequence, $"error {item.ErrorCode}: {item.ErrorMessage}"))])
                        .ConfigureAwait(false);
                    break;
                case PongFrame pong:
                    await AcknowledgeAsync(pong.Position, []).ConfigureAwait(false);
                    break;
                case RequestFrame request:
                    await connection.SendAsync(await AnswerAsync(request, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
                    break;
                case ErrorFrame error:
                    throw LinkException.Of(error);
                default:
                    throw new LinkException($"an unexpected {frame.GetType().Name} of the server");
            }
        }
    }

    private ValueTask<ResponseFrame> AnswerAsync(RequestFrame request, CancellationToken cancellationToken) =>
        parts.Printers is { } printers && request.Profile.Equals(PrintingProfile.Name, StringComparison.OrdinalIgnoreCase)
            ? new ValueTask<ResponseFrame>(printers.AnswerAsync(request, cancellationToken))
            : new ValueTask<ResponseFrame>(_answers.Answer(request));

    private async Task AcknowledgeAsync(long position, OutboxRefusal[] refused)
    {
        if (position > parts.Outbox.Last)
        {
            throw new LinkException("the server holds items that this outbox never numbered: its file is an old copy. Move it away to begin anew")
            {
                Refused = true,
            };
        }

        if (position <= parts.Outbox.Acknowledged && refused.Length == 0)
            return;
        try
        {
            await parts.Outbox.AcknowledgeAsync(position, refused, CancellationToken.None).ConfigureAwait(false);
        }
        catch (OutboxException)
        {
            // Logged and counted there; the items are sent once more and acknowledged again.
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        var frame = new EventsFrameWriter();
        await AnnounceAllAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var (more, credit, changed) = (parts.Outbox.Queue.Changed, _credit.Changed, parts.Catalog.Changed);
            var available = _credit.Available;
            var late = Math.Max(0, LateUnderWay - (welcome.Credit - available));
            var items = available == 0 ? [] : parts.Outbox.Queue.Take(Math.Min(available, LinkLimits.MaxItems), SendQueue.FrameBudget, late);

            // Taken after the items and sent before them: no item overtakes the announcement of its device.
            var services = parts.Catalog.TakeChanges();
            if (services.Count > 0)
                await AnnounceAsync(services, complete: false, cancellationToken).ConfigureAwait(false);
            if (items.Count > 0)
                await SendItemsAsync(frame, items, cancellationToken).ConfigureAwait(false);
            else if (services.Count == 0)
                await Task.WhenAny(more, credit, changed).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SendItemsAsync(EventsFrameWriter frame, IReadOnlyList<OutboxItem> items, CancellationToken cancellationToken)
    {
        frame.Clear();
        foreach (var item in items)
        {
            if (!frame.TryAdd(item.Sequence, item.Entry.Item.Span))
                throw new InvalidOperationException("A batch of the outbox is larger than a frame.");
        }

        _credit.Spend(items.Count);
        await connection.SendAsync(frame.End(), cancellationToken).ConfigureAwait(false);
    }

    private async Task AnnounceAllAsync(CancellationToken cancellationToken)
    {
        var present = parts.Catalog.TakeAll();

        // After a restart the outbox holds items of devices that have not come back yet.
        var known = present.Select(service => service.ServiceId).ToHashSet(StringComparer.Ordinal);
        var absent = parts.Outbox.Queue.Announcements().Where(service => !known.Contains(service.ServiceId));
        ServiceAnnouncement[] all = [.. present, .. absent.Select(service => service with { Online = false })];
        await AnnounceAsync(all, complete: all.Length <= AnnouncementsPerFrame, cancellationToken).ConfigureAwait(false);
    }

    private async Task AnnounceAsync(IReadOnlyList<ServiceAnnouncement> services, bool complete, CancellationToken cancellationToken)
    {
        foreach (var part in services.Chunk(AnnouncementsPerFrame).DefaultIfEmpty([]))
            await connection.SendAsync(new ServicesFrame { Services = [.. part], Complete = complete }, cancellationToken).ConfigureAwait(false);
    }

    private async Task SendLiveAsync(CancellationToken cancellationToken)
    {
        await foreach (var frame in parts.Live.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            await connection.SendAsync(frame, cancellationToken).ConfigureAwait(false);
    }

    private async Task PingAsync(CancellationToken cancellationToken)
    {
        // Never so seldom that an idle link would look dead.
        var interval = TimeSpan.FromSeconds(Math.Clamp(welcome.PingInterval, 1, settings.DeadAfter.TotalSeconds / 3));
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            await connection.SendAsync(new PingFrame(parts.Outbox.Acknowledged, parts.Outbox.Lost, parts.Outbox.Dropped), cancellationToken).ConfigureAwait(false);
    }
}
