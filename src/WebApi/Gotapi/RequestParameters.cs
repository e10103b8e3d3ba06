using System.Collections.Immutable;
using Dwapi.Grains.Edges;
using Microsoft.AspNetCore.WebUtilities;

namespace Dwapi.WebApi.Gotapi;

/// <summary>
/// The parameters of a request. Those that nearly every call has are found in one pass over the query string; others are looked for
/// when somebody asks. A parameter that stands in query and body has the body's value (gotapi-1.1 section 2, 4).
/// </summary>
internal sealed class RequestParameters
{
    private readonly string _query;
    private readonly List<KeyValuePair<string, string>>? _body;

    public RequestParameters(string query, List<KeyValuePair<string, string>>? body = null, bool malformedBody = false)
    {
        _query = query;
        _body = body;
        MalformedBody = malformedBody;
        foreach (var pair in new QueryStringEnumerable(query))
        {
            switch (pair.EncodedName.Span)
            {
                case "accessToken":
                    AccessToken ??= pair.DecodeValue();
                    break;
                case "serviceId" or "serviceID":
                    ServiceId ??= pair.DecodeValue();
                    break;
                case "nonce":
                    Nonce ??= pair.DecodeValue();
                    break;
            }
        }

        if (body is not null)
        {
            AccessToken = InBody("accessToken") ?? AccessToken;
            ServiceId = InBody("serviceId") ?? InBody("serviceID") ?? ServiceId;
            Nonce = InBody("nonce") ?? Nonce;
        }
    }

    /// <summary>The access token; null when there is none.</summary>
    public ReadOnlyMemory<char>? AccessToken { get; }

    /// <summary>The service, sent as serviceId or serviceID; null when there is none.</summary>
    public ReadOnlyMemory<char>? ServiceId { get; }

    /// <summary>The nonce; empty is one too, because a known client always sends that.</summary>
    public ReadOnlyMemory<char>? Nonce { get; }

    /// <summary>True when the body could not be read; it is error 10 in its turn, not before.</summary>
    public bool MalformedBody { get; }

    /// <summary>A parameter by its exact name; null when there is none.</summary>
    public string? Find(string name)
    {
        if (InBody(name) is { } inBody)
        {
            return inBody.ToString();
        }

        foreach (var pair in new QueryStringEnumerable(_query))
        {
            if (pair.DecodeName().Span.SequenceEqual(name))
            {
                return pair.DecodeValue().ToString();
            }
        }

        return null;
    }

    /// <summary>All parameters that are the plug-in's business.</summary>
    public ImmutableArray<PluginParameter> ForPlugin()
    {
        var all = ImmutableArray.CreateBuilder<PluginParameter>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { "accessToken", "serviceId", "serviceID", "nonce" };
        foreach (var (name, value) in _body ?? [])
        {
            if (seen.Add(name))
            {
                all.Add(new PluginParameter(name, value));
            }
        }

        foreach (var pair in new QueryStringEnumerable(_query))
        {
            var name = pair.DecodeName().ToString();
            if (seen.Add(name))
            {
                all.Add(new PluginParameter(name, pair.DecodeValue().ToString()));
            }
        }

        return all.DrainToImmutable();
    }

    private ReadOnlyMemory<char>? InBody(string name)
    {
        foreach (var (key, value) in _body ?? [])
        {
            if (key == name)
            {
                return value.AsMemory();
            }
        }

        return null;
    }
}
