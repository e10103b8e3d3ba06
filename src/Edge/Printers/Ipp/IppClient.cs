using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Text;
using Dwapi.Edge.Ipp;
using Dwapi.Edge.Link;
using Dwapi.Edge.Resilience;
using Polly.Timeout;

namespace Dwapi.Edge.Printers.Ipp;

/// <summary>
/// Messages to a printer and its answers (RFC 8010 3 and 4). Each is sent once: who asks for states asks again with the next look, and a command is
/// repeated by nobody before its effect was looked for.
/// </summary>
internal sealed class IppClient : IDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly HostPolicies _policies;
    private readonly TimeProvider _time;
    private readonly IppAddress _address;
    private int _requestId;

    public IppClient(PrinterOptions options, HostPolicies policies, TimeProvider time)
    {
        (_address, _policies, _time) = (IppAddress.Of(options.Address!), policies, time);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = AnswerWithin, UseCookies = false, ConnectCallback = IppLine.ConnectAsync };
        if (options.CertificateThumbprint is { } thumbprint)
            handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = ServerTrust.ByThumbprint(thumbprint) };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = IppLimits.MessageBytes };
        if (PrinterKey.Read(options) is { Length: > 0 } key)
        {
            _http.DefaultRequestHeaders.Authorization = key.Contains(':', StringComparison.Ordinal)
                ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(key)))
                : new AuthenticationHeaderValue("Bearer", key);
        }
    }

    /// <summary>A request to this printer.</summary>
    public IppRequest New(IppOperation operation, int? jobId = null) => new(operation, _address.PrinterUri, jobId);

    /// <summary>Sends a request that is answered soon.</summary>
    /// <returns>The answer, a refusal too.</returns>
    /// <exception cref="PrinterException">There was none.</exception>
    public Task<IppMessage> AskAsync(IppRequest request, CancellationToken cancellationToken) => GuardAsync(
        async () => await _policies.Once(_address.Http).ExecuteAsync(
            async stop => await SendAsync(request, null, stop).ConfigureAwait(false), cancellationToken).ConfigureAwait(false));

    /// <summary>Sends a request whose refusal is a fault.</summary>
    /// <exception cref="PrinterException">It was refused, or there was no answer.</exception>
    public async Task<IppMessage> DoAsync(IppRequest request, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(request, cancellationToken).ConfigureAwait(false);
        return IppFaults.IsOk(answer) ? answer : throw IppFaults.Of(request.Operation, answer);
    }

    /// <summary>Sends a request that some answer only when all is done, with a document behind it or without.</summary>
    /// <returns>The answer, a refusal too; a <see cref="PrinterException"/> if there is none.</returns>
    public Task<IppMessage> BeginAsync(IppRequest request, string? document, CancellationToken cancellationToken) =>
        GuardAsync(() => SendAsync(request, document, cancellationToken));

    public void Dispose() => _http.Dispose();

    private async Task<IppMessage> SendAsync(IppRequest request, string? document, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _requestId) & int.MaxValue;
        using var content = new IppContent(IppEncoder.Encode(request.ToMessage(id)), document);
        using var message = new HttpRequestMessage(HttpMethod.Post, _address.Http) { Content = content };
        using var response = await _http.SendAsync(message, cancellationToken).ConfigureAwait(false);
        Check(response);
        try
        {
            var answer = IppDecoder.Decode(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
            return answer.RequestId == id ? answer : throw Malformed("it answers another request than it was asked");
        }
        catch (IppException e)
        {
            throw Malformed(e.Message);
        }
    }

    private void Check(HttpResponseMessage response)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK when response.Content.Headers.ContentType?.MediaType == IppContent.MediaType:
                return;
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                throw new PrinterException(PrinterFault.Unauthorized, $"{_address.Http.Authority} wants another login (HTTP {(int)response.StatusCode}).");
            case HttpStatusCode.UpgradeRequired:
                throw new PrinterException(PrinterFault.Refused, $"{_address.Http.Authority} wants TLS: write its address with ipps://.");
            case HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.InsufficientStorage:
                throw new PrinterException(PrinterFault.NotTaken, "the printer has no room for the file");
            case HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout:
                throw new TransientCallException($"HTTP {(int)response.StatusCode}");
            default:
                throw Malformed($"HTTP {(int)response.StatusCode}, {response.Content.Headers.ContentType?.MediaType ?? "no content"}");
        }
    }

    private async Task<IppMessage> GuardAsync(Func<Task<IppMessage>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception e) when (HostPolicies.MayPass(e) || e is TimeoutRejectedException)
        {
            throw Silent(e.GetBaseException().Message, e);
        }
    }

    private PrinterException Silent(string why, Exception cause) => new(
        PrinterFault.Unreachable, $"{_address.Http.Authority} does not answer: {why.TrimEnd('.')}. Check its power, its network and the address.", cause);

    private PrinterException Malformed(string why) => new(
        PrinterFault.Malformed, $"{_address.Http} does not answer like an IPP printer ({why}). Check the address and its path.");
}
