using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Dwapi.Edge.Resilience;
using Polly.CircuitBreaker;

namespace Dwapi.Edge.Printers.Content;

/// <summary>
/// Fetches content into a file (printing-3dp 6): goes on where it was cut off, keeps the token to the server it is for, refuses addresses of
/// private networks unless they are named, and holds nothing of the content in memory but a buffer.
/// </summary>
internal sealed class ContentDownload : IDisposable
{
    private const int MostRedirects = 5;
    private const long SpareBytes = 64L << 20;

    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(30);

    // Two pools: a connection that a named host may have is never used for a host that nobody named.
    private readonly HttpClient _public = Client(privateToo: false);
    private readonly HttpClient _named = Client(privateToo: true);
    private readonly HostPolicies _policies;
    private readonly TimeProvider _time;
    private readonly Func<string, long> _room;

    /// <param name="policies">How hosts are called.</param>
    /// <param name="time">The clock.</param>
    /// <param name="room">Free bytes where a file lies; asks the system by default.</param>
    public ContentDownload(HostPolicies policies, TimeProvider time, Func<string, long>? room = null) =>
        (_policies, _time, _room) = (policies, time, room ?? FreeBytes);

    /// <summary>Fetches all of it.</summary>
    /// <param name="request">What, and where to.</param>
    /// <param name="progress">Told when the answer's head is there, and from time to time.</param>
    /// <param name="cancellationToken">Ends it; what is there stays.</param>
    /// <exception cref="ContentException">It could not be had.</exception>
    public async Task<ContentProgress> RunAsync(ContentRequest request, Action<ContentProgress> progress, CancellationToken cancellationToken)
    {
        var etag = request.ETag;
        try
        {
            return await _policies.Safe(request.Uri).ExecuteAsync(
                async stop => await TryAsync(request with { ETag = etag }, made =>
                {
                    etag = made.ETag;
                    progress(made);
                }, stop).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (HostPolicies.MayPass(e) || e is BrokenCircuitException)
        {
            throw new ContentException(ContentFault.Failed, $"the content server did not give the file: {Reason(e)}", e);
        }
    }

    public void Dispose()
    {
        _public.Dispose();
        _named.Dispose();
    }

    private static HttpClient Client(bool privateToo) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,

        // A proxy would look the name up itself, out of reach of the check of its addresses.
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, privateToo, cancellationToken),
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private static string Reason(Exception e) => e is TransientCallException ? e.Message : e.GetBaseException() switch
    {
        SocketException socket => socket.SocketErrorCode.ToString(),
        _ => "the connection broke",
    };

    private async Task<ContentProgress> TryAsync(ContentRequest request, Action<ContentProgress> progress, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(SilenceLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        try
        {
            var have = request.ETag is null || !File.Exists(request.Path) ? 0 : new FileInfo(request.Path).Length;
            using var response = await AskAsync(request, have, either.Token).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
                return Complete(request, response, have);
            Check(response.StatusCode, response.Headers.RetryAfter?.Delta);
            if (response.StatusCode != HttpStatusCode.PartialContent)
                have = 0;
            else if (response.Content.Headers.ContentRange?.From != have)
                throw Begin(request, "the server sent another part than the one it was asked for");
            return await ReceiveAsync(request, response, have, progress, silence, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransientCallException($"nothing came for {SilenceLimit.TotalSeconds:0} s");
        }
    }

    private async Task<ContentProgress> ReceiveAsync(
        ContentRequest request, HttpResponseMessage response, long have, Action<ContentProgress> progress, CancellationTokenSource silence,
        CancellationToken cancellationToken)
    {
        var headers = response.Content.Headers;
        var size = headers.ContentRange?.Length ?? (headers.ContentLength is { } length ? have + length : null);
        var etag = response.Headers.ETag is { IsWeak: false } tag ? tag.ToString() : null;
        var made = new ContentProgress(have, size, etag, ReprDigest.Sha256(response.Headers, headers));
        if (size > request.MaxBytes)
            throw TooLarge(request);
        RequireRoom(request.Path, (size ?? 0) - have);
        progress(made);
        var mode = have > 0 ? FileMode.Append : FileMode.Create;
        await using (var file = new FileStream(request.Path, mode, FileAccess.Write, FileShare.Read, 1, FileOptions.Asynchronous))
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            var buffer = new byte[128 * 1024];
            while (await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                silence.CancelAfter(SilenceLimit);
                have += read;
                if (have > request.MaxBytes)
                    throw TooLarge(request);
                await WriteAsync(file, buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                progress(made with { Bytes = have });
            }

            file.Flush(flushToDisk: true);
        }

        return size is null || have == size
            ? made with { Bytes = have, Size = have }
            : throw new TransientCallException("the file ended before its size");
    }

    private static async Task WriteAsync(FileStream file, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new ContentException(ContentFault.DiskFull, "the file could not be written: free space on the disk of the edge", e);
        }
    }

    private static ContentProgress Complete(ContentRequest request, HttpResponseMessage response, long have) =>
        response.Content.Headers.ContentRange?.Length == have
            ? new ContentProgress(have, have, request.ETag, ReprDigest.Sha256(response.Headers, response.Content.Headers))
            : throw Begin(request, "the server has another file than before");

    private static TransientCallException Begin(ContentRequest request, string why)
    {
        File.Delete(request.Path);
        return new TransientCallException(why);
    }

    private static ContentException TooLarge(ContentRequest request)
    {
        File.Delete(request.Path);
        return new ContentException(ContentFault.TooLarge, $"the file is larger than {request.MaxBytes} bytes");
    }

    private static void Check(HttpStatusCode status, TimeSpan? retryAfter)
    {
        switch (status)
        {
            case HttpStatusCode.OK or HttpStatusCode.PartialContent:
                return;
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                throw new ContentException(ContentFault.TokenRejected, "the content server refused the token");
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                throw new ContentException(ContentFault.Gone, "the content server does not have the file (any more)");
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                throw new TransientCallException($"the content server answered {(int)status}", retryAfter);
            default:
                throw new ContentException(ContentFault.Failed, $"the content server answered {(int)status}");
        }
    }

    private async Task<HttpResponseMessage> AskAsync(ContentRequest request, long have, CancellationToken cancellationToken)
    {
        var at = request.Uri;
        for (var redirects = 0; ; redirects++)
        {
            var named = request.Hosts.Contains($"{at.Host}:{at.Port}", StringComparer.OrdinalIgnoreCase);
            if (at.Scheme != Uri.UriSchemeHttps && !(at.Scheme == Uri.UriSchemeHttp && named))
                throw new ContentException(ContentFault.Forbidden, "the file is not at an https address of a registered content server");
            using var message = new HttpRequestMessage(HttpMethod.Get, at);
            message.Headers.Add("Want-Repr-Digest", "sha-256=1");

            // Token and printer are for the server that the token was made by, and no other that one points at.
            if (SameOrigin(at, request.Uri))
            {
                if (request.Token is { } token)
                    message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                if (request.Printer.Length > 0)
                    message.Headers.Add("X-Dwapi-Printer", request.Printer);
            }

            if (have > 0)
            {
                message.Headers.Range = new RangeHeaderValue(have, null);
                message.Headers.IfRange = new RangeConditionHeaderValue(EntityTagHeaderValue.Parse(request.ETag!));
            }

            var response = await SendAsync(named ? _named : _public, message, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect) || response.Headers.Location is not { } location)
            {
                return response;
            }

            response.Dispose();
            if (redirects == MostRedirects)
                throw new ContentException(ContentFault.Failed, "the content server redirects without end");
            at = new Uri(at, location);
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpRequestMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (e.InnerException is ContentException refused)
        {
            throw new ContentException(refused.Fault, refused.Message, e);
        }
    }

    private static bool SameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Host.Equals(other.Host, StringComparison.OrdinalIgnoreCase) && one.Port == other.Port;

    // The check is where the connection is made: a name that was looked up before could lead elsewhere now.
    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint host, bool privateToo, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(host.Host, cancellationToken).ConfigureAwait(false);
        if (!privateToo && addresses.Any(PrivateAddresses.Contains))
            throw new ContentException(ContentFault.Forbidden, "the file is at an address of a private network: register its content server if it is meant");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, host.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void RequireRoom(string path, long bytes)
    {
        if (_room(path) is var free && free < bytes + SpareBytes)
            throw new ContentException(ContentFault.DiskFull, $"the edge has {free.ToString(CultureInfo.InvariantCulture)} bytes of room and needs more: free space on its disk");
    }

    private static long FreeBytes(string path) => new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(path))!).AvailableFreeSpace;
}
