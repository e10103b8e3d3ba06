using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Dwapi.Edge.Resilience;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Dwapi.Edge.Printers.Moonraker;

/// <summary>Moonraker's HTTP side: the envelope, the key, and its refusals as ours.</summary>
internal sealed class MoonrakerClient : IDisposable
{
    // What a printer answers is small; more is not read.
    private const int LargestAnswer = 4 << 20;

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly HostPolicies _policies;
    private readonly TimeProvider _time;
    private readonly Uri _address;
    private readonly string? _apiKey;

    public MoonrakerClient(Uri address, string? apiKey, HostPolicies policies, TimeProvider time)
    {
        (_address, _apiKey, _policies, _time) = (address, apiKey, policies, time);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = AnswerWithin, UseCookies = false })
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LargestAnswer,
        };
        if (apiKey is not null)
            _http.DefaultRequestHeaders.Add("X-Api-Key", apiKey);
    }

    /// <summary>The key, for the WebSocket's identify.</summary>
    public string? ApiKey => _apiKey;

    /// <summary>Address of the WebSocket.</summary>
    public Uri SocketAddress => new UriBuilder(_address) { Scheme = _address.Scheme == Uri.UriSchemeHttps ? "wss" : "ws", Path = "/websocket" }.Uri;

    /// <summary>Asks something, once.</summary>
    public Task<JsonObject> GetAsync(string path, CancellationToken cancellationToken) => GuardAsync(
        async () => await _policies.Once(_address).ExecuteAsync(
            async stop => await SendAsync(HttpMethod.Get, path, null, stop).ConfigureAwait(false), cancellationToken).ConfigureAwait(false));

    /// <summary>Asks, and repeats it if need be.</summary>
    public Task<JsonObject> GetSafelyAsync(string path, CancellationToken cancellationToken) => GuardAsync(
        async () => await _policies.Safe(_address).ExecuteAsync(
            async stop => await LimitAsync(HttpMethod.Get, path, stop).ConfigureAwait(false), cancellationToken).ConfigureAwait(false));

    /// <summary>Sends a file, and again if need be: the same name and content.</summary>
    public Task UploadAsync(PrintFile file, CancellationToken cancellationToken) => GuardAsync(
        async () => await _policies.Safe(_address).ExecuteAsync(
            async stop =>
            {
                using var form = new MultipartFormDataContent
                {
                    { new StringContent("gcodes"), "root" },
                    { new StringContent(file.Sha256), "checksum" },
                };
                var content = new StreamContent(File.OpenRead(file.Path), 64 * 1024);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
                form.Add(content, "file", file.RemoteName);
                return await SendAsync(HttpMethod.Post, "/server/files/upload", form, stop).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false));

    /// <summary>Removes a file.</summary>
    public Task DeleteAsync(string path, CancellationToken cancellationToken) => GuardAsync(
        async () => await _policies.Safe(_address).ExecuteAsync(
            async stop => await LimitAsync(HttpMethod.Delete, path, stop).ConfigureAwait(false), cancellationToken).ConfigureAwait(false));

    /// <summary>
    /// Commands something, once, and does not wait for an answer for long: one that is late (behind running G-code, up to minutes) or lost says
    /// nothing about what the printer did.
    /// </summary>
    /// <exception cref="PrinterException">The printer refused at once, or never got the command.</exception>
    public async Task CommandAsync(string path, CancellationToken cancellationToken)
    {
        var answer = GuardAsync(() => SendAsync(HttpMethod.Post, path, null, CancellationToken.None));
        var late = Task.Delay(AnswerWithin, _time, cancellationToken);
        if (await Task.WhenAny(answer, late).ConfigureAwait(false) == answer)
        {
            await answer.ConfigureAwait(false);
            return;
        }

        _ = answer.ContinueWith(failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        cancellationToken.ThrowIfCancellationRequested();
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonObject> LimitAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AnswerWithin, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await SendAsync(method, path, null, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransientCallException($"no answer within {AnswerWithin.TotalSeconds:0} s");
        }
    }

    private async Task<JsonObject> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var body = await ReadAsync(response, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
            return body ?? throw new PrinterException(PrinterFault.Malformed, $"{_address.Authority} does not answer like Moonraker. Check the address.");
        var words = MoonrakerStatus.Text(body?["error"] as JsonObject, "message", response.ReasonPhrase ?? "");
        if (response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
            throw new TransientCallException(words, response.Headers.RetryAfter?.Delta);
        throw new PrinterException(FaultOf(response.StatusCode, words), words);
    }

    private static PrinterFault FaultOf(HttpStatusCode status, string words) => status switch
    {
        HttpStatusCode.Unauthorized => PrinterFault.Unauthorized,
        HttpStatusCode.Forbidden => PrinterFault.Busy,
        HttpStatusCode.UnprocessableEntity => PrinterFault.Damaged,
        HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.InsufficientStorage or HttpStatusCode.UnsupportedMediaType => PrinterFault.NotTaken,
        HttpStatusCode.BadRequest when words.Contains("SD busy", StringComparison.Ordinal) => PrinterFault.Busy,
        _ => PrinterFault.Refused,
    };

    private static async Task<JsonObject?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        MoonrakerJson.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));

    private async Task<JsonObject> GuardAsync(Func<Task<JsonObject>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception e) when (HostPolicies.MayPass(e) || e is BrokenCircuitException or TimeoutRejectedException)
        {
            throw new PrinterException(
                PrinterFault.Unreachable, $"{_address.Authority} does not answer: {e.GetBaseException().Message} Check its power, its network and the address.", e);
        }
    }
}
