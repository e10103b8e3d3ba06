using System.Globalization;
using Microsoft.AspNetCore.Http.Features;

namespace Dwapi.Bench.Bare;

/// <summary>
/// What the rows are compared with: Kestrel answering the same bytes, a WebSocket whose JSON is only scanned, a bare SQLite commit, a
/// channel in front of a WebSocket. Nothing of Dwapi is in it but the frames' shape.
/// </summary>
internal static class BareServer
{
    /// <summary>First argument of this process's other role.</summary>
    public const string Verb = "bare-server";

    /// <summary>File of its directory with the bytes of the GET.</summary>
    public const string AnswerFile = "answer.json";

    /// <summary>Path that answers with them.</summary>
    public const string AnswerPath = "/answer";

    /// <summary>Path of the plug-in link; with <c>?commit=1</c> every frame is committed before it is acknowledged and passed on.</summary>
    public const string LinkPath = "/link";

    /// <summary>Path of the applications' sockets.</summary>
    public const string ApplicationPath = "/application";

    public static async Task<int> Run(string port, string directory)
    {
        var answer = await File.ReadAllBytesAsync(Path.Combine(directory, AnswerFile));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        await using var app = builder.Build();
        using var database = new BareDatabase(Path.Combine(directory, "bare.db"));
        var sockets = new BareSockets();
        app.UseWebSockets();
        app.Run(context => context.Request.Path.Value switch
        {
            AnswerPath => Answer(context, answer),
            LinkPath => new BareLink(sockets, context.Request.QueryString.Value!.Length > 0 ? database : null).Serve(context),
            ApplicationPath => sockets.Serve(context),
            _ => throw new InvalidOperationException("No such path."),
        });
        await app.RunAsync();
        return 0;
    }

    private static Task Answer(HttpContext context, byte[] answer)
    {
        var response = context.Response;
        response.Headers.AccessControlAllowOrigin = context.Request.Headers.Origin;
        response.Headers.Vary = "Origin";
        response.Headers.ContentType = "application/json; charset=UTF-8";
        response.Headers.CacheControl = "no-store";
        response.ContentLength = answer.Length;
        var body = context.Features.Get<IHttpResponseBodyFeature>()!.Writer;
        answer.CopyTo(body.GetSpan(answer.Length));
        body.Advance(answer.Length);
        return Task.CompletedTask;
    }
}
