using System.Collections.Frozen;
using Dwapi.Gotapi.Errors;
using Dwapi.WebApi.Doors;
using Dwapi.WebApi.Draining;
using Dwapi.WebApi.Sessions;
using Dwapi.WebApi.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dwapi.WebApi.Gotapi;

/// <summary>
/// Leads a request of GotAPI-1 and -2 through the checks in their order (gotapi-1.1 section 5): path shape, origin, token absent, token
/// unknown, client gone, scope, expiry; the handler of the profile does the rest.
/// </summary>
internal sealed class GotapiDispatcher
{
    private const string Bearer = "Bearer ";

    private readonly FrozenDictionary<string, IProfileHandler>.AlternateLookup<ReadOnlySpan<char>> _handlers;
    private readonly PluginProfile _pluginProfile;
    private readonly RequestTenant _tenants;
    private readonly OriginDoor _origins;
    private readonly SessionCache _sessions;
    private readonly RequestBody _bodies;
    private readonly Answers _answers;
    private readonly HmacKeys _keys;
    private readonly NodeDrain _drain;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public GotapiDispatcher(
        IEnumerable<IProfileHandler> handlers,
        PluginProfile pluginProfile,
        RequestTenant tenants,
        OriginDoor origins,
        SessionCache sessions,
        RequestBody bodies,
        Answers answers,
        HmacKeys keys,
        NodeDrain drain,
        TimeProvider time,
        ILogger<GotapiDispatcher> logger)
    {
        _handlers = handlers.ToFrozenDictionary(handler => handler.Profile, StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        _pluginProfile = pluginProfile;
        _tenants = tenants;
        _origins = origins;
        _sessions = sessions;
        _bodies = bodies;
        _answers = answers;
        _keys = keys;
        _drain = drain;
        _time = time;
        _logger = logger;
    }

    /// <summary>Answers one request; the doors of the server are behind it.</summary>
    public Task Answer(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsOptions(request.Method))
        {
            Cors.AnswerPreflight(context);
            return Task.CompletedTask;
        }

        Cors.Allow(context);
        var verb = GotapiVerbs.OfMethod(request.Method);
        if (verb == GotapiVerb.None)
        {
            _answers.Fail(
                context, GotapiErrors.Unknown, "GotAPI has the methods GET, PUT, POST and DELETE.", httpStatus: StatusCodes.Status501NotImplemented);
            return Task.CompletedTask;
        }

        if (GotapiPath.Parse(request.Path.Value!, verb, out var path) is { } badPath)
        {
            _answers.Fail(context, badPath, httpStatus: StatusCodes.Status400BadRequest);
            return Task.CompletedTask;
        }

        if (_origins.Find(request.Headers) is not { } origin)
        {
            _answers.Fail(context, GotapiErrors.InvalidOrigin);
            return Task.CompletedTask;
        }

        var query = request.QueryString.Value!;
        if (verb is GotapiVerb.Put or GotapiVerb.Post)
        {
            return AnswerWithBody(context, path, verb, origin, query);
        }

        var call = new GotapiCall(
            context, _tenants.Of(context), path, path.Override == GotapiVerb.None ? verb : path.Override, origin, new RequestParameters(query), _answers, _keys);
        return Guarded(call);
    }

    private async Task AnswerWithBody(HttpContext context, GotapiPath path, GotapiVerb verb, string origin, string query)
    {
        if (await _bodies.Read(context, query) is not { } parameters)
        {
            _answers.Fail(
                context, GotapiErrors.Unknown, "The body is too large (Gotapi:BodyLimit).", httpStatus: StatusCodes.Status413PayloadTooLarge);
            return;
        }

        await Guarded(new GotapiCall(context, _tenants.Of(context), path, verb, origin, parameters, _answers, _keys));
    }

    // Completes without a state machine when nothing had to be waited for: the one-shot of a known session and an active device.
    private Task Guarded(GotapiCall call)
    {
        ValueTask answering;
        try
        {
            answering = Checked(call);
        }
        catch (Exception fault)
        {
            answering = ValueTask.FromException(fault);
        }

        return answering.IsCompletedSuccessfully ? Task.CompletedTask : AwaitGuarded(call, answering);
    }

    private async Task AwaitGuarded(GotapiCall call, ValueTask answering)
    {
        try
        {
            await answering;
        }
        catch (OperationCanceledException) when (call.Aborted.IsCancellationRequested)
        {
            // Nobody is there to read an answer.
        }
        catch (OperationCanceledException) when (_drain.WaitsEnded)
        {
            NodeDrain.TellWhenToRetry(call.Context);
            await call.Fail(GotapiErrors.IllegalServerState, NodeDrain.WaitEnded);
        }
        catch (Exception fault) when (!call.Context.Response.HasStarted)
        {
            if (fault is TimeoutException)
            {
                await call.Fail(GotapiErrors.Timeout);
                return;
            }

            Log.RequestFailed(_logger, call.Path.Profile.ToString(), call.Path.Attribute.ToString(), fault);
            _answers.Fail(call.Context, GotapiErrors.Unknown, httpStatus: StatusCodes.Status500InternalServerError);
        }
    }

    private ValueTask Checked(GotapiCall call)
    {
        if (!_handlers.TryGetValue(call.Path.Profile, out var handler))
        {
            handler = _pluginProfile;
        }

        if (!handler.NeedsToken)
        {
            return handler.Answer(call);
        }

        if (TokenOf(call) is not { Length: > 0 } token)
        {
            return call.Fail(GotapiErrors.EmptyAccessToken);
        }

        var opening = _sessions.Open(call.Tenant, token);
        return opening.IsCompletedSuccessfully ? Authorized(call, handler, opening.Result) : AwaitSession(call, handler, opening);
    }

    private async ValueTask AwaitSession(GotapiCall call, IProfileHandler handler, ValueTask<CachedSession?> opening) =>
        await Authorized(call, handler, await opening);

    private ValueTask Authorized(GotapiCall call, IProfileHandler handler, CachedSession? session)
    {
        // A token belongs to the origin that it was issued to; to any other one it is unknown (gotapi-1.1 section 10, 2).
        if (session is null || session.Snapshot.Origin != call.Origin)
        {
            return call.Fail(GotapiErrors.NotFoundClientId);
        }

        call.Session = session;
        return ScopeCheck.Check(session.Snapshot.Scopes, handler.ScopesFor(call.Path), _time.GetUtcNow()) is { } refused
            ? call.Fail(refused)
            : handler.Answer(call);
    }

    private static ReadOnlyMemory<char>? TokenOf(GotapiCall call)
    {
        if (call.Parameters.AccessToken is { Length: > 0 } token)
        {
            return token;
        }

        var header = call.Context.Request.Headers.Authorization;
        return header.Count == 1 && header[0] is { } text && text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? text.AsMemory(Bearer.Length).Trim()
            : null;
    }
}
