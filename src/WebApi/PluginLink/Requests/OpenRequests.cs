using System.Collections.Concurrent;
using System.Collections.Immutable;
using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Health;
using Dwapi.Grains.Edges;

namespace Dwapi.WebApi.PluginLink.Requests;

/// <summary>Requests to a plug-in that wait for its RESPONSE, by request code.</summary>
internal sealed class OpenRequests(LinkServices services, FrameSender sender)
{
    /// <summary>Beyond so many open requests the plug-in is not answering; more of them would only use memory.</summary>
    public const int Most = 1_000;

    private readonly ConcurrentDictionary<int, TaskCompletionSource<PluginAnswer>> _open = [];
    private readonly CancellationTokenSource _down = new();
    private readonly TaskCompletionSource _welcomed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _lastCode;

    /// <summary>Asks the plug-in for its services; the answer announces them on its way.</summary>
    public Task DiscoverAsync() => CallAsync(new PluginCall(
        "GET", "", RequestFrame.DiscoveryProfile, "", RequestFrame.DiscoveryAttribute, "", "", "", "", "", []));

    /// <summary>Sends a request and waits for its answer: 7 after the wait, 22 when the link goes down meanwhile.</summary>
    public async Task<PluginAnswer> CallAsync(PluginCall call)
    {
        if (_open.Count >= Most)
        {
            return Failed(GotapiErrors.Timeout);
        }

        var answer = new TaskCompletionSource<PluginAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var code = Open(answer);
        try
        {
            // The edge's grain knows the link before its plug-in does, which takes WELCOME and nothing else for the answer to HELLO.
            await _welcomed.Task.WaitAsync(_down.Token);
            if (!await sender.SendAsync(Frame(call, code), _down.Token))
            {
                return Failed(GotapiErrors.PluginSuspended);
            }

            return await answer.Task.WaitAsync(services.Options.PluginTimeout, services.Time, _down.Token);
        }
        catch (TimeoutException)
        {
            return Failed(GotapiErrors.Timeout);
        }
        catch (OperationCanceledException)
        {
            return Failed(GotapiErrors.PluginSuspended);
        }
        finally
        {
            _open.TryRemove(code, out _);
        }
    }

    /// <summary>WELCOME is sent: requests may follow.</summary>
    public void Welcomed() => _welcomed.TrySetResult();

    /// <summary>Hands an answer to who waits for it; one that comes too late has nobody.</summary>
    public void Answer(ResponseFrame response)
    {
        if (_open.TryRemove(response.RequestCode, out var answer))
        {
            answer.TrySetResult(new PluginAnswer(
                response.Result == 0 ? 0 : response.ErrorCode ?? GotapiErrors.Unknown.Code,
                response.ErrorMessage ?? "",
                response.ClientId ?? "",
                response.AccessToken ?? "",
                response.Members.IsEmpty ? default : HealthSlices.Inner(response.Members)));
        }
    }

    /// <summary>The link is down: whoever waits gets 22.</summary>
    public void Down() => _down.Cancel();

    private static PluginAnswer Failed(GotapiError error) => new(error.Code, error.Message, "", "", default);

    private int Open(TaskCompletionSource<PluginAnswer> answer)
    {
        while (true)
        {
            // Above 0 and unique among the open ones (health texts 5.2.2); the sign bit goes when the counter wraps.
            var code = Interlocked.Increment(ref _lastCode) & int.MaxValue;
            if (code > 0 && _open.TryAdd(code, answer))
            {
                return code;
            }
        }
    }

    private RequestFrame Frame(PluginCall call, int code) => new()
    {
        Method = call.Method switch
        {
            "PUT" => RequestMethod.Put,
            "POST" => RequestMethod.Post,
            "DELETE" => RequestMethod.Delete,
            _ => RequestMethod.Get,
        },
        RequestCode = code,
        Receiver = services.Identity.Product,
        ServiceId = NullIfEmpty(call.ServiceId),
        Profile = call.Profile,
        Interface = NullIfEmpty(call.Interface),
        Attribute = call.Attribute,
        ClientId = NullIfEmpty(call.ClientId),
        AccessToken = NullIfEmpty(call.AccessToken),
        Origin = NullIfEmpty(call.Origin),
        Package = call.Attribute == RequestFrame.CreateClientAttribute ? NullIfEmpty(call.Origin) : null,
        ApplicationName = NullIfEmpty(call.ApplicationName),
        Scope = NullIfEmpty(call.Scope),
        Parameters = ImmutableDictionary.CreateRange(
            call.Parameters.IsDefault ? [] : call.Parameters.DistinctBy(p => p.Name).Select(p => KeyValuePair.Create(p.Name, p.Value))),
    };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
