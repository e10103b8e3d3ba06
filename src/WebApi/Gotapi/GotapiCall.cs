using Dwapi.Gotapi.Errors;
using Dwapi.Grains.Applications;
using Dwapi.WebApi.Sessions;
using Dwapi.WebApi.Tenants;
using Microsoft.AspNetCore.Http;

namespace Dwapi.WebApi.Gotapi;

/// <summary>One request on its way through the checks.</summary>
internal sealed class GotapiCall(
    HttpContext context, Tenant tenant, GotapiPath path, GotapiVerb verb, string origin, RequestParameters parameters, Answers answers, HmacKeys keys)
{
    /// <summary>The HTTP request.</summary>
    public HttpContext Context { get; } = context;

    /// <summary>Whose request it is.</summary>
    public Tenant Tenant { get; } = tenant;

    /// <summary>Its path.</summary>
    public GotapiPath Path { get; } = path;

    /// <summary>What it asks for, method override applied.</summary>
    public GotapiVerb Verb { get; } = verb;

    /// <summary>The application's origin.</summary>
    public string Origin { get; } = origin;

    /// <summary>Its parameters.</summary>
    public RequestParameters Parameters { get; } = parameters;

    /// <summary>The session that its token opened; null for profiles without a token.</summary>
    public CachedSession? Session { get; set; }

    /// <summary>The key that signs the answer; found by the session, or set by who knows better (grant, accessToken).</summary>
    public HmacKey? Key { get; set; }

    /// <summary>Aborted when the application has gone.</summary>
    public CancellationToken Aborted => Context.RequestAborted;

    /// <summary>The hmac of the answer; completes at once unless the application sent a nonce and has no key of its own.</summary>
    public ValueTask<string> Hmac() =>
        Parameters.Nonce is { } nonce ? keys.Sign(Key ?? Session?.Snapshot.Key, Tenant, Origin, nonce) : new ValueTask<string>("");

    /// <summary>Answers with an error.</summary>
    public ValueTask Fail(GotapiError error, string? message = null)
    {
        if (Parameters.Nonce is null)
        {
            answers.Fail(Context, error, message);
            return ValueTask.CompletedTask;
        }

        return FailSigned(error, message);
    }

    /// <summary>Answers with success and no further members.</summary>
    public async ValueTask Succeed()
    {
        var hmac = await Hmac();
        Answers.End(Context, answers.Begin(), hmac);
    }

    private async ValueTask FailSigned(GotapiError error, string? message)
    {
        var hmac = await Hmac();
        answers.Fail(Context, error, message, hmac);
    }
}
