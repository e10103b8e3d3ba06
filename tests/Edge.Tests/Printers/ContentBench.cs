using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Dwapi.Edge.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dwapi.Edge.Tests.Printers;

/// <summary>A content server whose behaviour the test decides.</summary>
internal sealed class ContentBench : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ContentBench(WebApplication application) => _application = application;

    public byte[] Content { get; set; } = [];

    public string ETag { get; set; } = "\"v1\"";

    /// <summary>The token that is wanted; null for none.</summary>
    public string? Token { get; set; }

    /// <summary>Bytes after which the first answer breaks off, once they <see cref="Arrived"/>; null for never.</summary>
    public int? CutAfter { get; set; }

    /// <summary>What was sent before the cut is with the client: a broken connection loses what is still on its way.</summary>
    public TaskCompletionSource Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>SHA-256 that is stated; null for none.</summary>
    public byte[]? Stated { get; set; }

    /// <summary>Where it redirects to; null for nowhere.</summary>
    public Uri? Redirect { get; set; }

    /// <summary>Bytes that left it.</summary>
    public long Sent { get; private set; }

    /// <summary>Authorization and Range of every request.</summary>
    public ConcurrentQueue<(string Authorization, string Range)> Requests { get; } = [];

    public Uri Address => new(_application.Urls.Single());

    public Uri File => new(Address, "/models/cube.gcode");

    public string Host => $"127.0.0.1:{Address.Port}";

    public static async Task<ContentBench> StartAsync(string content)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var bench = new ContentBench(builder.Build()) { Content = Encoding.UTF8.GetBytes(content) };
        bench._application.MapGet("/models/{name}", bench.AnswerAsync);
        await bench._application.StartAsync();
        return bench;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        var range = context.Request.Headers.Range.ToString();
        Requests.Enqueue((authorization, range));
        if (Redirect is { } other)
        {
            context.Response.Redirect(other.ToString());
            return;
        }

        if (Token is not null && authorization != $"Bearer {Token}")
        {
            context.Response.StatusCode = 401;
            return;
        }

        var from = range.Length > 0 && context.Request.Headers.IfRange == ETag ? int.Parse(range["bytes=".Length..^1]) : 0;
        context.Response.StatusCode = from > 0 ? 206 : 200;
        context.Response.Headers.ETag = ETag;
        if (Stated is { } stated)
            context.Response.Headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(stated)}:";
        if (from > 0)
            context.Response.Headers.ContentRange = $"bytes {from}-{Content.Length - 1}/{Content.Length}";
        context.Response.ContentLength = Content.Length - from;
        var part = Content.AsMemory(from);
        var cut = CutAfter;
        CutAfter = null;
        if (cut is { } bytes)
            part = part[..bytes];
        Sent += part.Length;
        await context.Response.Body.WriteAsync(part);
        await context.Response.Body.FlushAsync();
        if (cut is null)
            return;
        await Arrived.Task.WaitAsync(Patience.Limit);
        context.Abort();
    }
}
