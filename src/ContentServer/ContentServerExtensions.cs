using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dwapi.ContentServer;

/// <summary>
/// A small content server: list, previews, files with Range, ETag and Repr-Digest, login by client credentials, tokens by exchange, revocation.
/// In the all-in-one host it has two models of its own; alone it serves a folder.
/// </summary>
public static class ContentServerExtensions
{
    /// <summary>Path below which it is served.</summary>
    public const string Path = "/content";

    /// <summary>
    /// Header in which a printer's edge says for which printer it downloads: a token is good for one of them. A printer that downloads itself knows no
    /// such header and sends none; then the token alone counts.
    /// </summary>
    public const string PrinterHeader = "X-Dwapi-Printer";

    private const string Exchange = "urn:ietf:params:oauth:grant-type:token-exchange";

    /// <summary>Adds what it needs.</summary>
    /// <param name="services">The services.</param>
    /// <param name="login">Who may log in.</param>
    /// <param name="folder">Folder of the models; null for the two of its own.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static IServiceCollection AddContentServer(this IServiceCollection services, ContentServerLogin login, string? folder = null)
    {
        if (folder is null)
            services.AddSingleton(_ => ContentModels.BuiltIn());
        else
            services.AddSingleton(ContentModels.Of(folder));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(login);
        services.AddSingleton<ContentTokens>();
        return services;
    }

    /// <summary>Maps it below <see cref="Path"/>.</summary>
    public static IEndpointRouteBuilder MapContentServer(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup(Path);
        group.MapGet("models", List);
        group.MapGet("models/{id}/preview", Preview);
        group.MapGet("models/{id}/file", Download);
        group.MapPost("oauth/token", Token).DisableAntiforgery();
        group.MapPost("oauth/revoke", Revoke).DisableAntiforgery();
        return endpoints;
    }

    private static IResult List(HttpRequest request, ContentTokens tokens, ContentModels models) =>
        tokens.Find(BearerOf(request)) is { Scope: "model:list" } ? TypedResults.Ok(models.All) : Unauthorized();

    private static IResult Preview(string id, HttpRequest request, ContentTokens tokens, ContentModels models)
    {
        if (tokens.Find(BearerOf(request)) is not { Scope: "model:list" })
        {
            return Unauthorized();
        }

        return models.Find(id)?.PreviewBytes is { } preview ? TypedResults.Bytes(preview, "image/svg+xml") : TypedResults.NotFound();
    }

    private static IResult Download(string id, HttpContext context, ContentTokens tokens, ContentModels models)
    {
        var bearer = TokenOf(context);
        if (tokens.Find(bearer) is not { Scope: "model:read" } token)
        {
            return Unauthorized();
        }

        var printer = context.Request.Headers[PrinterHeader].ToString();
        if (token.ModelId != id || (printer.Length > 0 && token.Printer != printer) || models.Find(id) is not { } model)
        {
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }

        tokens.Use(bearer);
        context.Response.Headers["Repr-Digest"] = model.ReprDigest;
        context.Response.OnCompleted(() =>
        {
            if (!context.RequestAborted.IsCancellationRequested && SentTheEnd(context.Response, model.Size))
            {
                tokens.Revoke(bearer);
            }

            return Task.CompletedTask;
        });
        return TypedResults.Stream(
            model.Open(),
            model.MediaType,
            model.FileName,
            enableRangeProcessing: true,
            entityTag: new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{model.Sha256}\""));
    }

    private static async Task<IResult> Token(HttpRequest request, ContentTokens tokens, ContentModels models, ContentServerLogin login)
    {
        if (!request.HasFormContentType || !IsLogin(request, login))
        {
            return Unauthorized();
        }

        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        switch (form["grant_type"].ToString())
        {
            case "client_credentials":
                return Answer(tokens.Make("model:list"), "model:list");
            case Exchange:
                var printer = form["actor_token"].ToString();
                var model = Uri.TryCreate(form["resource"].ToString(), UriKind.Absolute, out var resource)
                    ? models.OfAddress(resource)
                    : null;
                return tokens.Find(form["subject_token"].ToString()) is { Scope: "model:list" } && model is not null && printer.Length > 0
                    ? Answer(tokens.Make("model:read", model.Id, printer), "model:read")
                    : Error("invalid_target");
            default:
                return Error("unsupported_grant_type");
        }
    }

    // RFC 7009: an unknown token is revoked already.
    private static async Task<IResult> Revoke(HttpRequest request, ContentTokens tokens, ContentServerLogin login)
    {
        if (!request.HasFormContentType || !IsLogin(request, login))
        {
            return Unauthorized();
        }

        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        tokens.Revoke(form["token"].ToString());
        return TypedResults.Ok();
    }

    private static bool SentTheEnd(HttpResponse response, long size) => response.StatusCode switch
    {
        StatusCodes.Status200OK => true,
        StatusCodes.Status206PartialContent =>
            ContentRangeHeaderValue.TryParse(response.Headers.ContentRange.ToString(), out var range) && range.To == size - 1,
        _ => false,
    };

    // A printer that cannot set a header has the token in its address (RFC 6750 2.3); nobody on the way is to keep such an answer.
    private static string TokenOf(HttpContext context)
    {
        if (BearerOf(context.Request) is { Length: > 0 } bearer)
        {
            return bearer;
        }

        context.Response.Headers.CacheControl = "private, no-store";
        return context.Request.Query["access_token"].ToString();
    }

    private static string BearerOf(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) && header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            ? header.Parameter ?? ""
            : "";

    private static bool IsLogin(HttpRequest request, ContentServerLogin login)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
            || !header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var pair = $"{Uri.EscapeDataString(login.ClientId)}:{Uri.EscapeDataString(login.ClientSecret)}";
        var expected = Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));
        return CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(header.Parameter ?? "")), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
    }

    private static IResult Answer(string token, string scope) => TypedResults.Ok(new Dictionary<string, object>
    {
        ["access_token"] = token,
        ["issued_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
        ["token_type"] = "Bearer",
        ["expires_in"] = (int)ContentToken.UnusedLife.TotalSeconds,
        ["scope"] = scope,
    });

    private static IResult Error(string code) => TypedResults.BadRequest(new Dictionary<string, string> { ["error"] = code });

    private static IResult Unauthorized() => TypedResults.StatusCode(StatusCodes.Status401Unauthorized);
}
