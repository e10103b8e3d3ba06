using System.Collections.Immutable;
using System.Globalization;
using Dwapi.Gotapi.Errors;
using Dwapi.Grains.Applications;
using Dwapi.WebApi.Doors;
using Dwapi.WebApi.Draining;
using Dwapi.WebApi.Sessions;
using Microsoft.AspNetCore.Http;

namespace Dwapi.WebApi.Gotapi.Profiles;

/// <summary>GotAPI-2: <c>authorization/grant</c> and <c>authorization/accessToken</c> (gotapi-1.1 6.2 and 6.3).</summary>
internal sealed class AuthorizationProfile(
    IGrainFactory grains, SessionCache sessions, RemoteAddress remote, AuthorizationRate rate, NodeDrain drain, Answers answers, TimeProvider time)
    : IProfileHandler
{
    private const int MostScopes = 100;
    private const int LongestName = 200;

    public string Profile => "authorization";

    public bool NeedsToken => false;

    public ImmutableArray<string> ScopesFor(in GotapiPath path) => [];

    public ValueTask Answer(GotapiCall call)
    {
        var isGrant = IsAttribute(call, "grant");
        if (!isGrant && !IsAttribute(call, "accessToken"))
        {
            return call.Fail(GotapiErrors.UnknownAttribute);
        }

        if (call.Verb != GotapiVerb.Get)
        {
            return Refuse(call, isGrant, GotapiErrors.NotSupportAction);
        }

        if (!rate.TryEnter(call.Tenant.KeyOf(remote.TextOf(call.Context))))
        {
            return Refuse(
                call,
                isGrant,
                GotapiErrors.IllegalServerState,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"More than {rate.PerMinute} authorization requests in a minute from this address (Gotapi:AuthorizationsPerMinute). Wait a minute."),
                StatusCodes.Status429TooManyRequests);
        }

        return isGrant ? Grant(call) : GiveAccess(call);
    }

    private static bool IsAttribute(GotapiCall call, string name) =>
        call.Path.Interface.IsEmpty && call.Path.Attribute.Equals(name, StringComparison.OrdinalIgnoreCase);

    private async ValueTask Grant(GotapiCall call)
    {
        var result = await grains.GetGrain<IApplicationGrain>(call.Tenant.KeyOf(call.Origin))
            .Grant(new GrantRequest(remote.TextOf(call.Context)));
        call.Key = result.Key;
        if (result.ErrorCode != 0)
        {
            await Refuse(
                call,
                isGrant: true,
                GotapiErrors.Of(result.ErrorCode),
                "Every client of this origin is connected, and there are as many as allowed (Gotapi:ClientsPerOrigin).");
            return;
        }

        var hmac = await call.Hmac();
        var answer = answers.Begin();
        answer.WriteMember(",\"clientId\":"u8, result.ClientId);
        Answers.End(call.Context, answer, hmac);
    }

    private async ValueTask GiveAccess(GotapiCall call)
    {
        var clientId = call.Parameters.Find("clientId");
        if (string.IsNullOrEmpty(clientId))
        {
            await Refuse(call, isGrant: false, GotapiErrors.InvalidRequestParameter, "clientId is missing. Get one by authorization/grant.");
            return;
        }

        // Another origin's client is as unregistered as one that never was. It is looked for first, because its key signs errors too.
        var session = TokenText.IsClientId(clientId) ? await sessions.Ask(call.Tenant, clientId) : null;
        if (session?.Snapshot.Origin != call.Origin)
        {
            session = null;
        }

        call.Key = session?.Snapshot.Key;
        if (!TryReadScopes(call.Parameters.Find("scope"), out var scopes))
        {
            await Refuse(
                call, isGrant: false, GotapiErrors.InvalidRequestParameter, "scope is a comma-separated list of profiles without empty elements.");
            return;
        }

        var applicationName = call.Parameters.Find("applicationName");
        if (applicationName?.Length > LongestName)
        {
            await Refuse(call, isGrant: false, GotapiErrors.InvalidRequestParameter, "applicationName is too long.");
            return;
        }

        if (session is null)
        {
            await Refuse(call, isGrant: false, GotapiErrors.Authorization, "This clientId is not registered. Run authorization/grant again.");
            return;
        }

        AccessResult result;
        try
        {
            result = await session.Grain.RequestAccess(
                new AccessRequest(string.IsNullOrEmpty(applicationName) ? call.Origin : applicationName, scopes), drain.ForWait(call.Context));
        }
        catch (OperationCanceledException) when (drain.WaitsEnded && !call.Aborted.IsCancellationRequested)
        {
            // The request is withdrawn: the one that the application makes next is the one to be approved.
            NodeDrain.TellWhenToRetry(call.Context);
            await Refuse(call, isGrant: false, GotapiErrors.IllegalServerState, NodeDrain.WaitEnded);
            return;
        }

        SessionCache.Forget(call.Tenant, clientId);
        if (result.ErrorCode != 0)
        {
            await Refuse(call, isGrant: false, GotapiErrors.Of(result.ErrorCode), result.ErrorMessage);
            return;
        }

        await GiveToken(call, result);
    }

    private async ValueTask GiveToken(GotapiCall call, AccessResult result)
    {
        var hmac = await call.Hmac();
        var now = time.GetUtcNow();
        var earliest = DateTimeOffset.MaxValue;
        var answer = answers.Begin();
        answer.WriteMember(",\"accessToken\":"u8, result.Token);
        answer.Write(",\"scopes\":["u8);
        for (var i = 0; i < result.Scopes.Length; i++)
        {
            var scope = result.Scopes[i];
            answer.WriteMember(i == 0 ? "{\"scope\":"u8 : ",{\"scope\":"u8, scope.Scope);
            answer.Write(",\"expirePeriod\":"u8);
            answer.Write((long)Math.Round((scope.Expires - now).TotalSeconds));
            answer.Write("}"u8);
            earliest = scope.Expires < earliest ? scope.Expires : earliest;
        }

        answer.Write("],\"expire\":"u8);
        answer.Write(earliest.ToUnixTimeMilliseconds());
        Answers.End(call.Context, answer, hmac);
    }

    // On an error the member is there too, empty (gotapi-1.1 6.2, 6.3).
    private async ValueTask Refuse(GotapiCall call, bool isGrant, GotapiError error, string? message = null, int status = 0)
    {
        var hmac = await call.Hmac();
        answers.Fail(call.Context, error, message, hmac, status, isGrant ? ",\"clientId\":"u8 : ",\"accessToken\":"u8);
    }

    private static bool TryReadScopes(string? text, out ImmutableArray<string> scopes)
    {
        scopes = [];
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        var names = text.Split(',', StringSplitOptions.TrimEntries);
        if (names.Length > MostScopes)
        {
            return false;
        }

        var found = ImmutableArray.CreateBuilder<string>(names.Length);
        foreach (var name in names)
        {
            if (name.Length is 0 or > LongestName)
            {
                return false;
            }

            var lower = name.ToLowerInvariant();
            if (!found.Contains(lower))
            {
                found.Add(lower);
            }
        }

        scopes = found.DrainToImmutable();
        return true;
    }
}
