using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Dwapi.Silo.Commands;

/// <summary>Calls the management API of a running server with the token in its data directory.</summary>
internal sealed class ManagementClient : IDisposable
{
    private readonly HttpClient _http;

    private ManagementClient(HttpClient http) => _http = http;

    /// <summary>Reads the token and makes a client.</summary>
    /// <exception cref="CommandException">There is no token to be read.</exception>
    public static async Task<ManagementClient> Open(Uri url, string? tenant, string? dataDirectory, CancellationToken cancellationToken)
    {
        var candidates = dataDirectory is not null ? [dataDirectory] : DefaultDirectories();
        var file = candidates.SelectMany(d => FileNames(tenant).Select(name => Path.Combine(d, name))).FirstOrDefault(File.Exists)
            ?? throw new CommandException(
                $"No admin.token in {string.Join(" or ", candidates)}. "
                + $"Name the server's data directory with --data PATH, and its address with --url unless it is {url}.");
        var token = (await File.ReadAllTextAsync(file, cancellationToken)).Trim();
        var http = new HttpClient { BaseAddress = ServerOption.AddressOf(url, tenant), Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new ManagementClient(http);
    }

    /// <summary>POSTs a JSON object and reads the answer.</summary>
    /// <exception cref="CommandException">The server refused or is not there.</exception>
    public Task<JsonElement> Post(string path, object body, CancellationToken cancellationToken) => Send(HttpMethod.Post, path, body, cancellationToken);

    /// <summary>Sends a JSON object and reads the answer.</summary>
    /// <exception cref="CommandException">The server refused or is not there.</exception>
    public async Task<JsonElement> Send(HttpMethod method, string path, object body, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
            using var answer = await _http.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.IsSuccessStatusCode
                ? text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text)
                : throw new CommandException(answer.StatusCode == HttpStatusCode.Unauthorized
                    ? $"The server at {_http.BaseAddress} does not know this admin.token; name its address with --url and its data directory with --data PATH."
                    : $"The server answered {(int)answer.StatusCode}: {Detail(text)}");
        }
        catch (HttpRequestException e)
        {
            throw new CommandException($"No server at {_http.BaseAddress} ({e.Message}). Start it with 'dotnet run --project src/Silo', or name it with --url.");
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    // Refusals are problem details; their detail says what to do.
    private static string Detail(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text).TryGetProperty("detail", out var detail) ? detail.ToString() : text;
        }
        catch (JsonException)
        {
            return text;
        }
    }

    // The tenant's own token is enough; the operator's opens every tenant.
    private static string[] FileNames(string? tenant) => tenant is null ? ["admin.token"] : [$"admin.{tenant}.token", "admin.token"];

    private static string[] DefaultDirectories() =>
    [
        Path.GetFullPath(".data"),
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "dwapi"),
    ];
}
