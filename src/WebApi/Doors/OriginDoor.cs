using Dwapi.Grains.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Dwapi.WebApi.Doors;

/// <summary>Finds the origin of a request, the application's identity (gotapi-1.1 sections 3 and 10).</summary>
internal sealed class OriginDoor(IOptions<GotapiOptions> options)
{
    /// <summary>Header of native applications.</summary>
    public const string GotapiOrigin = "X-GotAPI-Origin";

    private const int MaxLength = 255;

    private readonly bool _allowNull = options.Value.AllowNullOrigin;
    private readonly bool _allowReferer = options.Value.AllowReferer;
    private readonly bool _trustOverride = options.Value.TrustOriginHeaderOverride;
    private readonly HashSet<string>? _allowed =
        options.Value.AllowedOrigins.Count == 0 ? null : new(options.Value.AllowedOrigins, StringComparer.Ordinal);

    /// <summary>The origin; null when it is missing, not unique or not allowed (error 18).</summary>
    public string? Find(IHeaderDictionary headers)
    {
        var byBrowser = headers.Origin;
        var byProgram = headers[GotapiOrigin];
        if (byBrowser.Count > 1 || byProgram.Count > 1)
        {
            return null;
        }

        var origin = Choose(Text(byBrowser), Text(byProgram)) ?? (_allowReferer ? OfReferer(headers.Referer) : null);
        return origin is not null && IsWellFormed(origin) && IsAllowed(origin) ? origin : null;
    }

    /// <summary>Whether a request carries an origin at all, allowed or not; tells GotAPI-5 error 2 from a refused one.</summary>
    public static bool HasAny(IHeaderDictionary headers) => Text(headers.Origin) is not null || Text(headers[GotapiOrigin]) is not null;

    // A page cannot forge Origin, but it can name any application in X-GotAPI-Origin: next to a web origin it may only repeat it.
    private string? Choose(string? byBrowser, string? byProgram)
    {
        if (byProgram is null || byBrowser is null)
        {
            return byProgram ?? byBrowser;
        }

        return byProgram == byBrowser || _trustOverride || !IsWebOrigin(byBrowser) ? byProgram : "";
    }

    // "null" is what a browser says of files and sandboxed frames, so it is a web origin too.
    private static bool IsWebOrigin(string origin) => origin == "null" || origin.Contains("://", StringComparison.Ordinal);

    private bool IsAllowed(string origin) => origin == "null" ? _allowNull : _allowed is null || _allowed.Contains(origin);

    private static bool IsWellFormed(string origin)
    {
        if (origin.Length is 0 or > MaxLength)
        {
            return false;
        }

        foreach (var c in origin)
        {
            if (c is <= ' ' or ',' or '"' or '\\' or '<' or '>' or '\x7F')
            {
                return false;
            }
        }

        return true;
    }

    private static string? OfReferer(StringValues referer) =>
        referer.Count == 1 && Uri.TryCreate(referer[0], UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri.GetLeftPart(UriPartial.Authority)
            : null;

    private static string? Text(StringValues values) => values.Count == 1 && values[0] is { Length: > 0 } text ? text : null;
}
