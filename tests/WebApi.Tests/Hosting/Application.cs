namespace Dwapi.WebApi.Tests.Hosting;

/// <summary>An application: an origin, and after <see cref="GetAccess"/> a client and its token.</summary>
public sealed class Application(GotapiHost host, string? origin = Application.DefaultOrigin, Uri? node = null) : IDisposable
{
    public const string DefaultOrigin = "https://clinic.example";
    public const string OtherOrigin = "https://other.example";
    public const string SignedOrigin = "https://signed.example";

    public const string AllScopes =
        "servicediscovery,serviceinformation,system,health,light,3dp";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = node ?? host.Address };

    public GotapiHost Host { get; } = host;

    /// <summary>The web node that it asks.</summary>
    public Uri Node { get; } = node ?? host.Address;

    public string? Origin { get; } = origin;

    public string ClientId { get; private set; } = "";

    public string Token { get; private set; } = "";

    public static async Task<Application> WithAccess(GotapiHost host, string scope = AllScopes, string origin = DefaultOrigin)
    {
        var application = new Application(host, origin);
        await application.GetAccess(scope);
        return application;
    }

    public async Task GetAccess(string scope = AllScopes)
    {
        var grant = await Get("/gotapi/authorization/grant");
        Assert.Equal(0, grant.Error);
        ClientId = grant.String("clientId");
        var access = await Get($"/gotapi/authorization/accessToken?clientId={ClientId}&scope={scope}&applicationName=Test");
        Assert.Equal(0, access.Error);
        Token = access.String("accessToken");
    }

    /// <summary>The same client, led to another web node.</summary>
    public Application At(Uri node) => new(Host, Origin, node) { ClientId = ClientId, Token = Token };

    /// <summary>Any request; a relative path and whatever headers the test needs.</summary>
    public async Task<Reply> Send(HttpMethod method, string path, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (Origin is not null && !headers.Any(header => header.Name == "Origin"))
        {
            request.Headers.Add("Origin", Origin);
        }

        foreach (var (name, value) in headers)
        {
            if (name == "Host")
            {
                request.Headers.Host = value;
            }
            else if (value.Length > 0)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await _http.SendAsync(request);
        return await Reply.Of(response);
    }

    public Task<Reply> Get(string path) => Send(HttpMethod.Get, path);

    /// <summary>A call with this application's token.</summary>
    public Task<Reply> Call(HttpMethod method, string path, string query = "", HttpContent? body = null) =>
        Send(method, $"/gotapi/{path}?accessToken={Token}{(query.Length > 0 ? "&" + query : "")}", body);

    public Task<Reply> Read(string path, string query = "") => Call(HttpMethod.Get, path, query);

    public Task<Reply> Put(string path, string query = "") => Call(HttpMethod.Put, path, query);

    public Task<Reply> Delete(string path, string query = "") => Call(HttpMethod.Delete, path, query);

    public void Dispose() => _http.Dispose();
}
