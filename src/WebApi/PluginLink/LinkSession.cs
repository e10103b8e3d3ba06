using System.Collections.Immutable;
using System.Net.WebSockets;
using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Frames;
using Dwapi.Grains;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;
using Dwapi.WebApi.PluginLink.Ingest;
using Dwapi.WebApi.PluginLink.Requests;
using Dwapi.WebApi.Quotas;
using Dwapi.WebApi.Tenants;

namespace Dwapi.WebApi.PluginLink;

/// <summary>One link from its upgrade to its end: HELLO, then frames one after the other (DECISIONS 21, 29).</summary>
internal sealed class LinkSession : IDisposable
{
    /// <summary>Items that an edge may have under way; four full frames.</summary>
    public const int Credit = 4 * LinkLimits.MaxItems;

    /// <summary>Seconds between two PINGs of the edge; with each the server may forget positions.</summary>
    public const int PingSeconds = 5;

    // The row's own words are for applications.
    private const string WrongKey = "The key is not one of this edge. Add the edge and use the key that is shown then.";

    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(2);

    private readonly LinkServices _services;
    private readonly WebSocket _socket;
    private readonly string _address;
    private readonly Tenant? _named;
    private readonly FrameReceiver _receiver;
    private readonly FrameSender _sender;
    private readonly OpenRequests _requests;
    private readonly CancellationTokenSource _abort = new();
    private readonly string _linkId = Guid.NewGuid().ToString("N");
    private string? _end;
    private LinkIngest? _ingest;

    /// <param name="services">What links share.</param>
    /// <param name="socket">The open socket.</param>
    /// <param name="address">Of the plug-in.</param>
    /// <param name="named">The tenant that the address names; null when it names none.</param>
    public LinkSession(LinkServices services, WebSocket socket, string address, Tenant? named)
    {
        _services = services;
        _socket = socket;
        _address = address;
        _named = named;
        _receiver = new FrameReceiver(socket);
        _sender = new FrameSender(socket);
        _requests = new OpenRequests(services, _sender);
    }

    /// <summary>Serves the link until it ends.</summary>
    /// <param name="gone">Cancelled when the connection is gone.</param>
    /// <param name="stopping">Completes when this node stops.</param>
    public async Task RunAsync(CancellationToken gone, Task stopping)
    {
        await using var whenGone = gone.UnsafeRegister(
            static (state, _) => ((LinkSession)state!).End(null, WebSocketCloseStatus.EndpointUnavailable, "the connection broke"), this);
        _ = StopAsync(stopping);
        try
        {
            if (await HelloAsync() is { } hello && PluginKey.TryParse(hello.Key, out var key))
            {
                await ServeAsync(hello, key);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            _end ??= "the connection broke";
        }
        catch (Exception exception)
        {
            Log.LinkFailed(_services.Logger, _address, exception);
            Fail(GotapiErrors.IllegalServerState, GotapiErrors.IllegalServerState.Message);
        }
    }

    /// <summary>A request to the plug-in.</summary>
    public Task<PluginAnswer> CallAsync(PluginCall call) => _requests.CallAsync(call);

    /// <summary>Tells the edge why the link ends, and ends it.</summary>
    public void Fail(GotapiError error, string message) =>
        End(new ErrorFrame(error.Code, message), WebSocketCloseStatus.PolicyViolation, message);

    public void Dispose()
    {
        _receiver.Dispose();
        _sender.Dispose();
        _abort.Dispose();
    }

    // The edge sends again to another node what it was not told is stored: it is told of everything that is.
    private async Task StopAsync(Task stopping)
    {
        await stopping;
        if (_ingest is { } ingest)
        {
            await ingest.StopAsync(CloseWithin);
        }

        End(null, WebSocketCloseStatus.EndpointUnavailable, "the server stops");
    }

    private async Task<HelloFrame?> HelloAsync()
    {
        LinkFrame? frame;
        try
        {
            frame = await ReadAsync(LinkLimits.MaxHelloBytes).AsTask().WaitAsync(LinkLimits.HelloWithin, _services.Time);
        }
        catch (TimeoutException)
        {
            return Refuse(GotapiErrors.Timeout, $"HELLO has to come within {LinkLimits.HelloWithin.TotalSeconds} s.");
        }

        return frame switch
        {
            null => null,
            HelloFrame hello when !PluginKey.TryParse(hello.Key, out var key) || key.EdgeId != hello.EdgeId || !Admits(key) =>
                Refuse(GotapiErrors.NotFoundClientId, WrongKey),
            HelloFrame hello => hello,
            _ => Refuse(GotapiErrors.InvalidRequestParameter, "The first frame is HELLO."),
        };
    }

    // The tenant comes from the key; an address of another tenant makes it a wrong one, as does a tenant that is no more (DECISIONS 29).
    private bool Admits(PluginKey key) => _services.Tenants.Find(key.Tenant) is { } tenant && (_named is null || _named == tenant);

    private HelloFrame? Refuse(GotapiError error, string message)
    {
        Log.LinkRefused(_services.Logger, _address, message);
        Fail(error, message);
        return null;
    }

    private async Task ServeAsync(HelloFrame hello, PluginKey key)
    {
        var edge = _services.Grains.GetGrain<IEdgeGrain>(TenantKey.Of(key.Tenant, key.EdgeId));
        var link = new EdgeLink(this);
        var reference = _services.Grains.CreateObjectReference<IEdgeLink>(link);
        try
        {
            var approval = hello.Approval == PlugInApproval.Automatic ? PluginApproval.Automatic : PluginApproval.Ask;
            var connected = await edge.Connect(
                new EdgeHello(key.Hash, hello.Epoch, hello.Acknowledged, hello.Name, hello.Product, hello.Version, approval),
                reference,
                _linkId);
            if (connected.ErrorCode != 0)
            {
                var error = GotapiErrors.Of(connected.ErrorCode);
                Refuse(error, error == GotapiErrors.NotFoundClientId ? WrongKey : error.Message);
                return;
            }

            Log.LinkUp(_services.Logger, key.EdgeId, hello.Product, hello.Version, hello.Acknowledged, hello.Epoch);
            await ServeAsync(hello, key, approval, edge, connected.Committed);
        }
        finally
        {
            _abort.Cancel();
            _requests.Down();
            _services.Grains.DeleteObjectReference<IEdgeLink>(reference);
            Log.LinkDown(_services.Logger, key.EdgeId, _end ?? "the connection broke");
            await DisconnectAsync(edge, key);
            GC.KeepAlive(link);
        }
    }

    private async Task ServeAsync(
        HelloFrame hello, PluginKey key, PluginApproval approval, IEdgeGrain edge, ImmutableArray<long> committed)
    {
        var share = _services.Shares.Of(key.Tenant);
        if (share is null)
        {
            await ServeAsync(hello, key, approval, edge, committed, null);
            return;
        }

        try
        {
            await share.AddLink();
            await ServeAsync(hello, key, approval, edge, committed, share.Events);
        }
        finally
        {
            share.RemoveLink();
        }
    }

    private async Task ServeAsync(
        HelloFrame hello, PluginKey key, PluginApproval approval, IEdgeGrain edge, ImmutableArray<long> committed, EventRate? rate)
    {
        var position = new LinkPosition(hello.Acknowledged, committed.IsDefault ? [] : committed);
        var credit = rate?.Begin(Credit) ?? Credit;
        var acknowledger = new Acknowledger(_sender, position, credit, rate, _services.Time);
        var ingest = _ingest = new LinkIngest(_services, key, hello.Epoch, acknowledger, rate, Fail, _abort.Token);
        await _sender.SendAsync(
            new WelcomeFrame
            {
                Product = _services.Identity.Product,
                Version = _services.Identity.Version,
                Receiver = _services.Identity.Product,
                Credit = credit,
                Position = acknowledger.Position,
                PingInterval = PingSeconds,
            },
            _abort.Token);
        _requests.Welcomed();
        var acknowledging = acknowledger.RunAsync(_abort.Token);
        var renewing = RenewAsync(edge, key);
        var dispatch = new LinkDispatch(key, hello.Epoch, approval, edge, _linkId, ingest, acknowledger, _requests, _sender, _services.Logger);
        if (approval == PluginApproval.Ask)
        {
            // Written to the texts: it tells its services when it is asked, as every GotAPI plug-in does.
            _ = _requests.DiscoverAsync();
        }

        try
        {
            while (true)
            {
                await ingest.ReadyAsync(_abort.Token);
                if (await ReadAsync(LinkLimits.MaxFrameBytes) is not { } frame)
                {
                    return;
                }

                // After the ERROR the rest of what the edge had sent is read and dropped, until it closes too.
                if (_end is null && await dispatch.TakeAsync(frame, _abort.Token) is { } refusal)
                {
                    Fail(GotapiErrors.InvalidRequestParameter, refusal);
                }
            }
        }
        finally
        {
            _abort.Cancel();
            await IgnoreEndAsync(acknowledging);
            await IgnoreEndAsync(renewing);
        }
    }

    /// <summary>The next frame; null when the link ends. A frame that cannot be taken ends it with the limit or member named.</summary>
    private async ValueTask<LinkFrame?> ReadAsync(int limit)
    {
        while (true)
        {
            var received = await _receiver.ReceiveAsync(limit, _abort.Token);
            switch (received.Kind)
            {
                case FrameKind.Closed:
                    End(null, WebSocketCloseStatus.NormalClosure, "the edge closed the link");
                    return null;
                case FrameKind.TooLarge:
                    Fail(GotapiErrors.InvalidRequestParameter, $"The frame is larger than {limit} bytes.");
                    return null;
                case FrameKind.Binary:
                    Fail(GotapiErrors.InvalidRequestParameter, "A frame is a text message.");
                    return null;
            }

            if (_end is not null)
            {
                continue;
            }

            if (LinkFrameReader.TryRead(received.Utf8, out var frame, out var refusal))
            {
                return frame;
            }

            Fail(GotapiErrors.InvalidRequestParameter, refusal.Message);
        }
    }

    private async Task RenewAsync(IEdgeGrain edge, PluginKey key)
    {
        using var timer = new PeriodicTimer(RenewEvery, _services.Time);
        while (await timer.WaitForNextTickAsync(_abort.Token))
        {
            try
            {
                if (!await edge.Renew(_linkId))
                {
                    // The grain came back without its memory of us, or another link took over: the edge's hello settles which.
                    Fail(GotapiErrors.IllegalServerState, "The server no longer holds this link. Connect again.");
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.LinkFailed(_services.Logger, key.EdgeId, exception);
            }
        }
    }

    private async Task DisconnectAsync(IEdgeGrain edge, PluginKey key)
    {
        try
        {
            await edge.Disconnect(_linkId);
        }
        catch (Exception exception)
        {
            // 15 s of silence say the same (DECISIONS 21).
            Log.LinkFailed(_services.Logger, key.EdgeId, exception);
        }
    }

    private void End(ErrorFrame? last, WebSocketCloseStatus status, string reason)
    {
        if (Interlocked.CompareExchange(ref _end, reason, null) is null)
        {
            _ = CloseAsync(last, status, reason);
        }
    }

    private async Task CloseAsync(ErrorFrame? last, WebSocketCloseStatus status, string reason)
    {
        using var within = new CancellationTokenSource(CloseWithin, _services.Time);
        try
        {
            // A close reason has room for 123 bytes; the ERROR frame has said the rest.
            await _sender.CloseAsync(last, status, reason.Length > 100 ? reason[..100] : reason, within.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            _socket.Abort();
        }

        // The edge answers with its own close; one that does not is left.
        try
        {
            _abort.CancelAfter(CloseWithin);
        }
        catch (ObjectDisposedException)
        {
        }
    }

    private static async Task IgnoreEndAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
        }
    }
}
