using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Dwapi.Edge.Signals;
using Dwapi.Edge.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Dwapi.Edge.Tests.Printers.Scripted;

/// <summary>A back end in process whose answers follow what was observed of the real one, and can be spoiled.</summary>
internal abstract class ScriptedBackEnd : IAsyncDisposable
{
    private readonly List<Channel<string>> _sockets = [];
    private readonly Pulse _changed = new();
    private WebApplication _application = null!;

    /// <summary>Every request: method, path and, for objects, body.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Names of the headers that ever came.</summary>
    public ConcurrentDictionary<string, bool> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Answers in place of the back end if it returns true.</summary>
    public Func<HttpContext, Task<bool>>? Interfere { get; set; }

    /// <summary>Changes an object before it is sent; the path says in answer to what.</summary>
    public Func<string, JsonNode, JsonNode>? Rewrite { get; set; }

    public Uri Address => new(_application.Urls.Single());

    public Lock Gate { get; } = new();

    /// <summary>How many requests began so.</summary>
    public int Count(string request) => Requests.Count(one => one.StartsWith(request, StringComparison.Ordinal));

    /// <summary>Ends when a request that begins so has come.</summary>
    public Task AskedAsync(string request) => UntilAsync(() => Count(request) > 0);

    /// <summary>Ends when something is so; looked at when a request came, when it was answered, and when a WebSocket said something.</summary>
    public async Task UntilAsync(Func<bool> so)
    {
        while (true)
        {
            var more = _changed.Next;
            lock (Gate)
            {
                if (so())
                    return;
            }

            await more.WaitAsync(Patience.Limit);
        }
    }

    /// <summary>Sends text as it is to every WebSocket that listens, or to those that are wanted.</summary>
    public void PushRaw(string text, Func<Channel<string>, bool>? to = null)
    {
        lock (Gate)
        {
            foreach (var socket in to is null ? _sockets : _sockets.Where(to))
                socket.Writer.TryWrite(text);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Hang();
        await _application.DisposeAsync();
    }

    protected static async Task<T> StartAsync<T>(T backEnd)
        where T : ScriptedBackEnd
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        backEnd._application = builder.Build();
        backEnd._application.UseWebSockets();
        backEnd._application.Run(backEnd.ServeAsync);
        await backEnd._application.StartAsync();
        return backEnd;
    }

    /// <summary>Breaks every WebSocket off.</summary>
    protected virtual void Hang()
    {
        lock (Gate)
        {
            foreach (var socket in _sockets)
                socket.Writer.TryComplete();
            _sockets.Clear();
        }
    }

    /// <summary>From here on a WebSocket hears what is pushed.</summary>
    protected void Join(Channel<string> socket)
    {
        lock (Gate)
        {
            if (!_sockets.Contains(socket))
                _sockets.Add(socket);
        }
    }

    /// <summary>Takes a WebSocket: what is written to its channel is sent.</summary>
    protected async Task ServeSocketAsync(HttpContext context, string? greeting, Action<Channel<string>, string> heard)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var frames = Channel.CreateUnbounded<string>();
        if (greeting is not null)
            frames.Writer.TryWrite(greeting);
        var listening = ListenAsync(socket, frames, heard);
        try
        {
            await foreach (var frame in frames.Reader.ReadAllAsync(context.RequestAborted))
                await socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, true, context.RequestAborted);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
        }

        socket.Abort();
        await listening;
    }

    /// <summary>The answer; the body, if it was an object, is read already.</summary>
    protected abstract Task AnswerAsync(HttpContext context, string request, JsonNode? body);

    protected async Task SendAsync(HttpContext context, int status, JsonNode? answer)
    {
        context.Response.StatusCode = status;
        if (answer is null)
            return;
        if (Rewrite is { } rewrite)
            answer = rewrite(context.Request.Path, answer);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private async Task ServeAsync(HttpContext context)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        JsonNode? body = null;
        if (context.Request.HasJsonContentType())
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            body = JsonNode.Parse(await reader.ReadToEndAsync());
        }

        var request = $"{context.Request.Method} {context.Request.Path}";
        Requests.Enqueue($"{request}{context.Request.QueryString}{(body is null ? "" : $" {body.ToJsonString()}")}");
        _changed.Raise();
        foreach (var name in context.Request.Headers.Keys)
            Headers[name] = true;
        if (Interfere is { } interfere && await interfere(context))
            return;
        await AnswerAsync(context, request, body);
        _changed.Raise();
    }

    private async Task ListenAsync(WebSocket socket, Channel<string> frames, Action<Channel<string>, string> heard)
    {
        var buffer = new byte[8192];
        try
        {
            for (ValueWebSocketReceiveResult part; (part = await socket.ReceiveAsync(buffer.AsMemory(), default)).MessageType != WebSocketMessageType.Close;)
            {
                heard(frames, Encoding.UTF8.GetString(buffer, 0, part.Count));
                _changed.Raise();
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
        }

        frames.Writer.TryComplete();
    }
}
