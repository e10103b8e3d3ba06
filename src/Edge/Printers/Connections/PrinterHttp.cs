using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Dwapi.Edge.Resilience;
using Polly.CircuitBreaker;

namespace Dwapi.Edge.Printers.Connections;

/// <summary>
/// Calls one printer over HTTP: what is repeated and what is sent once, how long is waited, how much is read, and what a refusal means. Paths are
/// relative to the printer's address, which may have a path of its own.
/// </summary>
internal sealed class PrinterHttp : IDisposable
{
    // What a printer answers is small; more is not read.
    private const int LargestAnswer = 4 << 20;
    private const int LongestWords = 400;

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly BackEnd _backEnd;
    private readonly HostPolicies _policies;
    private readonly TimeProvider _time;
    private readonly Uri _address;

    /// <param name="address">Where the printer listens.</param>
    /// <param name="backEnd">How it answers.</param>
    /// <param name="apiKey">Its key, sent as X-Api-Key; null for none.</param>
    /// <param name="policies">How hosts are called.</param>
    /// <param name="time">The clock of the waits.</param>
    /// <param name="authentication">What logs in instead of a key; null for nothing.</param>
    public PrinterHttp(
        Uri address, BackEnd backEnd, string? apiKey, HostPolicies policies, TimeProvider time, DelegatingHandler? authentication = null)
    {
        (_backEnd, _policies, _time) = (backEnd, policies, time);
        _address = address.AbsolutePath.EndsWith('/') ? address : new UriBuilder(address) { Path = address.AbsolutePath + "/" }.Uri;
        HttpMessageHandler handler = new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = AnswerWithin, UseCookies = false };
        if (authentication is not null)
        {
            authentication.InnerHandler = handler;
            handler = authentication;
        }

        _http = new HttpClient(handler)
        {
            BaseAddress = _address,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LargestAnswer,
        };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("dwapi-edge");
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        _http.DefaultRequestHeaders.ConnectionClose = !backEnd.KeepsConnections;
        if (apiKey is not null)
            _http.DefaultRequestHeaders.Add("X-Api-Key", apiKey);
    }

    /// <summary>Host and port, for people.</summary>
    public string Host => _address.Authority;

    /// <summary>The address of a WebSocket of the printer.</summary>
    public Uri SocketAddress(string path) => new UriBuilder(new Uri(_address, path)) { Scheme = _address.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" }.Uri;

    /// <summary>Asks something, once.</summary>
    /// <exception cref="PrinterException">No answer, or not an object.</exception>
    public async Task<JsonObject> GetAsync(string path, CancellationToken cancellationToken) =>
        await FindAsync(path, cancellationToken).ConfigureAwait(false) ?? throw Stranger();

    /// <summary>Asks something that may not be there, once; null for 204.</summary>
    public Task<JsonObject?> FindAsync(string path, CancellationToken cancellationToken) => OnceAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>Asks, and repeats it if need be.</summary>
    public async Task<JsonObject> GetSafelyAsync(string path, CancellationToken cancellationToken) =>
        await SafelyAsync(stop => LimitAsync(HttpMethod.Get, path, stop), cancellationToken).ConfigureAwait(false) ?? throw Stranger();

    /// <summary>Removes something, and again if need be. What is not there (any more) is removed too.</summary>
    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await SafelyAsync(stop => LimitAsync(HttpMethod.Delete, path, stop), cancellationToken).ConfigureAwait(false);
        }
        catch (PrinterException e) when (e.Fault == PrinterFault.Refused)
        {
        }
    }

    /// <summary>Sends an object and waits for the answer, once; null if it has no content.</summary>
    public Task<JsonObject?> PostAsync(string path, JsonObject body, CancellationToken cancellationToken) =>
        OnceAsync(HttpMethod.Post, path, body, cancellationToken);

    /// <summary>Sends a file, and again if need be: the same name and content. It may take as long as it takes.</summary>
    /// <param name="method">POST or PUT.</param>
    /// <param name="path">Where to.</param>
    /// <param name="content">Makes the body anew for every try.</param>
    /// <param name="headers">More headers, each a name and a value.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<JsonObject?> UploadAsync(
        HttpMethod method, string path, Func<HttpContent> content, IReadOnlyList<(string Name, string Value)> headers, CancellationToken cancellationToken) =>
        SafelyAsync(stop => SendAsync(method, path, content(), headers, stop), cancellationToken);

    /// <summary>
    /// Commands something, once, and does not wait for an answer for long: one that is late (behind running G-code, up to minutes) or lost says
    /// nothing about what the printer did.
    /// </summary>
    /// <exception cref="PrinterException">The printer refused at once, or never got the command.</exception>
    public async Task CommandAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // From before the call: a printer that has the command knows that its time runs.
        var late = Task.Delay(AnswerWithin, _time, stop.Token);
        var answer = GuardAsync(() => SendAsync(method, path, Json(body), [], CancellationToken.None));
        if (await Task.WhenAny(answer, late).ConfigureAwait(false) == answer)
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await answer.ConfigureAwait(false);
            return;
        }

        _ = answer.ContinueWith(failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>What answers is something else.</summary>
    public PrinterException Stranger() => _backEnd.Stranger(Host);

    public void Dispose() => _http.Dispose();

    private static StringContent? Json(JsonObject? body) => body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");

    private Task<JsonObject?> OnceAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken) => GuardAsync(
        async () => await _policies.Once(_address).ExecuteAsync(
            async stop => await SendAsync(method, path, Json(body), [], stop).ConfigureAwait(false), cancellationToken).ConfigureAwait(false));

    private Task<JsonObject?> SafelyAsync(Func<CancellationToken, Task<JsonObject?>> call, CancellationToken cancellationToken) => GuardAsync(
        async () => await _policies.Safe(_address).ExecuteAsync(async stop => await call(stop).ConfigureAwait(false), cancellationToken).ConfigureAwait(false));

    private async Task<JsonObject?> LimitAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AnswerWithin, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await SendAsync(method, path, null, [], either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransientCallException($"no answer within {AnswerWithin.TotalSeconds:0} s");
        }
    }

    private async Task<JsonObject?> SendAsync(
        HttpMethod method, string path, HttpContent? content, IReadOnlyList<(string Name, string Value)> headers, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var body = PrinterJson.Parse(bytes);
        if (response.IsSuccessStatusCode)
            return body is not null || bytes.Length == 0 ? body : throw Stranger();
        var words = _backEnd.WordsOf(body) is { Length: > 0 } said ? said : response.ReasonPhrase is { Length: > 0 } phrase ? phrase : $"status {(int)response.StatusCode}";
        words = words.Length <= LongestWords ? words : words[..LongestWords];
        if (response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
            throw new TransientCallException(words, response.Headers.RetryAfter?.Delta);
        throw new PrinterException(_backEnd.FaultOf(response.StatusCode, words), words);
    }

    private async Task<JsonObject?> GuardAsync(Func<Task<JsonObject?>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.InvalidResponse)
        {
            throw Stranger();
        }
        catch (Exception e) when (HostPolicies.MayPass(e) || e is BrokenCircuitException)
        {
            throw new PrinterException(
                PrinterFault.Unreachable, $"{Host} does not answer: {e.GetBaseException().Message} Check its power, its network and the address.", e);
        }
    }
}
