using System.Collections.Concurrent;
using System.Text.Json;
using System.Web;
using Dwapi.Grains.Ports;
using Dwapi.Grains.Printing;
using Dwapi.Grains.Settings;

namespace Dwapi.ContentServers;

/// <summary>
/// Content servers of MyMiniFactory's shape: a login by authorization code, refresh token or a token as it is (RFC 6749); each printer is
/// registered once and has a <c>printer_token</c>; a print that somebody ordered there has a <c>task_id</c>, which the content's URI
/// names; the file is fetched with both and the API key in the address.
/// </summary>
internal sealed class MyMiniFactoryContentServers(OAuthClient client, TimeProvider time) : IContentServerAdapter
{
    // A token that ends while it is on its way is no use.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Account> _accounts = new(StringComparer.Ordinal);

    public string Kind => "myminifactory";

    // There is no token that lists and chooses only: applications get none, and the login is only looked at.
    public async Task<ContentToken> Login(ContentServerOptions server, string printer, CancellationToken cancellationToken)
    {
        await AccountToken(server, cancellationToken);
        return new ContentToken("", null);
    }

    // Never leaves the adapter.
    private async Task<string> AccountToken(ContentServerOptions server, CancellationToken cancellationToken)
    {
        var account = _accounts.GetOrAdd(server.Id, static _ => new Account());

        // A refresh token may be good for one use, so only one uses it.
        await account.Turn.WaitAsync(cancellationToken);
        try
        {
            if (account.Token is not { } token || token.ExpiresAt <= time.GetUtcNow() + Margin)
                account.Token = token = await Renew(server, account, cancellationToken);
            return token.Access;
        }
        finally
        {
            account.Turn.Release();
        }
    }

    public async Task<ContentDownload> Issue(ContentServerOptions server, ContentRequest request, CancellationToken cancellationToken)
    {
        var address = new UriBuilder(request.Uri);
        var query = HttpUtility.ParseQueryString(address.Query);
        if (query["task_id"] is not { Length: > 0 })
            throw new ContentServerException("the uri names no task_id. Order the print there first, and give the uri of its task.", refused: true);
        query["printer_token"] = await PrinterToken(server, request, cancellationToken);
        query["key"] = server.ApiKey;
        address.Query = query.ToString();
        return new ContentDownload(address.Uri, "", TokenInUrl: true);
    }

    // Nothing is made for a single job: the task ends with its download, the printer stays registered.
    public Task Revoke(ContentServerOptions server, string token, CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<OAuthToken> Renew(ContentServerOptions server, Account account, CancellationToken cancellationToken)
    {
        var refresh = account.Token is { Refresh.Length: > 0 } known ? known.Refresh : server.RefreshToken;
        if (refresh.Length > 0)
        {
            var renewed = await client.Ask(server, [new("grant_type", "refresh_token"), new("refresh_token", refresh)], cancellationToken);
            return renewed.Refresh.Length > 0 ? renewed : renewed with { Refresh = refresh };
        }

        if (server.AccessToken.Length > 0)
            return new OAuthToken(server.AccessToken, null, "");
        if (server.AuthorizationCode.Length == 0 || account.Token is not null)
        {
            throw new ContentServerException(
                "there is no login. Set RefreshToken, AccessToken, or a new AuthorizationCode with its RedirectUri.", refused: true);
        }

        return await client.Ask(
            server,
            [new("grant_type", "authorization_code"), new("code", server.AuthorizationCode), new("redirect_uri", server.RedirectUri)],
            cancellationToken);
    }

    private async Task<string> PrinterToken(ContentServerOptions server, ContentRequest request, CancellationToken cancellationToken)
    {
        var printers = _accounts.GetOrAdd(server.Id, static _ => new Account()).Printers;
        if (printers.TryGetValue(request.Printer, out var known))
            return known;
        var login = await AccountToken(server, cancellationToken);
        var device = JsonSerializer.Deserialize<JsonElement>([(byte)'{', .. request.Device.Span, (byte)'}']);
        var serial = OAuthClient.Text(device, "serialNumber");
        var answer = await client.Post(
            server,
            OAuthClient.Below(server, server.RegisterUrl, "printers"),
            [
                new("key", server.ApiKey),
                new("manufacturer", OAuthClient.Text(device, "manufacturerName")),
                new("model", OAuthClient.Text(device, "modelNumber")),
                new("firmware", OAuthClient.Text(device, "firmwareRevision")),
                new("serial", serial.Length > 0 ? serial : request.Printer),
            ],
            login,
            cancellationToken);
        var token = OAuthClient.Text(answer, "printer_token");
        return token.Length > 0
            ? printers.GetOrAdd(request.Printer, token)
            : throw new ContentServerException("it registered the printer without a printer_token.", refused: false);
    }

    private sealed class Account
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public OAuthToken? Token { get; set; }

        public ConcurrentDictionary<string, string> Printers { get; } = new(StringComparer.Ordinal);
    }
}
