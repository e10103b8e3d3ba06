using System.Text.Json;
using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Printing;
using Dwapi.Grains.Ports;
using Dwapi.Grains.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dwapi.Grains.Printing;

/// <inheritdoc cref="IContentServerGrain" />
internal sealed class ContentServerGrain(
    IOptions<PrintingOptions> options, IEnumerable<IContentServerAdapter> adapters, ILogger<ContentServerGrain> logger) : Grain, IContentServerGrain
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private string _tenant = "";
    private ContentServerOptions? _server;
    private IContentServerAdapter? _adapter;

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_tenant, var id) = TenantKey.Split(this.GetPrimaryKeyString());
        _server = options.Value.AllContentServers.FirstOrDefault(server => server.Id == id && server.IsOf(_tenant));
        _adapter = adapters.FirstOrDefault(adapter => adapter.Kind == _server?.Kind);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task<ContentServerAnswer> Connect(string origin, string printer)
    {
        if (_server is null || _adapter is null)
            return Missing();
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            var token = await _adapter.Login(_server, printer, patience.Token);
            var entry = new ContentServerEntry
            {
                Servicename = _server.Name.Length > 0 ? _server.Name : _server.Id,
                Url = _server.Url,
                SecureToken = token.Value,
                ContentServerId = _server.Id,
                ExpiresAt = token.ExpiresAt?.ToUnixTimeMilliseconds(),
                FileTypes = [.. _server.FileTypes],
            };
            return new ContentServerAnswer(0, "", JsonSerializer.SerializeToUtf8Bytes(entry, PrintingJson.Default.ContentServerEntry));
        }
        catch (Exception fault) when (fault is ContentServerException or OperationCanceledException)
        {
            Log.ContentServerFailed(logger, _server.Id, fault.Message);
            return new ContentServerAnswer(GotapiErrors.IllegalServerState.Code, $"The content server {_server.Id} gives no token now: {fault.Message}", default);
        }
    }

    /// <inheritdoc />
    public async Task<ContentGrant> Issue(ContentRequest request)
    {
        if (_server is null || _adapter is null || _server.AddressOf(new Uri(request.Uri)) is not { } content)
            return new ContentGrant(GotapiErrors.Authorization.Code, "The content is not at this content server.", "", "", false, []);
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            var leave = await _adapter.Issue(_server, request with { Uri = content.AbsoluteUri }, patience.Token);
            return new ContentGrant(0, "", leave.Uri.AbsoluteUri, leave.Token, leave.TokenInUrl, [$"{leave.Uri.Host}:{leave.Uri.Port}"]);
        }
        catch (Exception fault) when (fault is ContentServerException or OperationCanceledException)
        {
            Log.ContentServerFailed(logger, _server.Id, fault.Message);
            var error = fault is ContentServerException { Refused: true } ? GotapiErrors.Authorization : GotapiErrors.IllegalServerState;
            return new ContentGrant(error.Code, fault.Message, "", "", false, []);
        }
    }

    /// <inheritdoc />
    public async Task<bool> End(string token)
    {
        if (_server is null || _adapter is null)
            return true;
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            await _adapter.Revoke(_server, token, patience.Token);
            return true;
        }
        catch (Exception fault) when (fault is ContentServerException or OperationCanceledException)
        {
            Log.ContentServerFailed(logger, _server.Id, fault.Message);
            return fault is ContentServerException { Refused: true };
        }
    }

    private static ContentServerAnswer Missing() =>
        new(GotapiErrors.IllegalServerState.Code, "The content server is not configured (Printing:ContentServers).", default);
}
