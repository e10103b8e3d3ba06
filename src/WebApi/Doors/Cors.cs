using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Dwapi.WebApi.Doors;

/// <summary>
/// CORS headers (gotapi-1.1 section 3, DECISIONS 8): the origin is echoed, credentials are never allowed, because the token is the
/// credential and no cookie of ours may work across origins.
/// </summary>
internal static class Cors
{
    // What known clients send: the JS SDK sends X-GotAPI-Origin on every call, so all of its calls are preflighted.
    private const string Headers = "XMLHttpRequest, X-GotAPI-Origin, Content-Type, Authorization";
    private const int MaxEcho = 1024;

    private static readonly StringValues VaryOrigin = "Origin";

    /// <summary>For every answer, GotAPI errors included: an application must be able to read why it was refused.</summary>
    public static void Allow(HttpContext context)
    {
        var response = context.Response.Headers;
        var origin = context.Request.Headers.Origin;
        if (origin.Count == 1)
        {
            response.AccessControlAllowOrigin = origin;
        }

        response.Vary = VaryOrigin;
    }

    /// <summary>Answers a preflight: 200, empty, before any check of origin or token.</summary>
    public static void AnswerPreflight(HttpContext context)
    {
        Allow(context);
        var request = context.Request.Headers;
        var response = context.Response.Headers;
        response.AccessControlAllowMethods = "GET, POST, PUT, DELETE, OPTIONS";
        var asked = request.AccessControlRequestHeaders.ToString();
        response.AccessControlAllowHeaders = IsListOfTokens(asked) ? Headers + ", " + asked : Headers;
        response.AccessControlMaxAge = "600";
        if (request["Access-Control-Request-Private-Network"] == "true")
        {
            response["Access-Control-Allow-Private-Network"] = "true";
        }

        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentLength = 0;
    }

    private static bool IsListOfTokens(string text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or ',' or ' ' or '.'))
            {
                return false;
            }
        }

        return text.Length is > 0 and <= MaxEcho;
    }
}
