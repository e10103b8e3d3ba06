using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Dwapi.EndToEnd.Tests.Hosts;

/// <summary>The operator, at the management API with the token of the data directory.</summary>
internal sealed class OperatorClient : IDisposable
{
    private readonly HttpClient _http;

    public OperatorClient(Uri url, string dataDirectory)
    {
        // The test's own host: its self-made certificate is not the system's to know.
        _http = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = static (_, _, _, _) => true })
        {
            BaseAddress = url,
        };

        // A host that was killed and came back answers on the same address: no connection of the old one may be used again.
        _http.DefaultRequestHeaders.ConnectionClose = true;
        _http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", File.ReadAllText(Path.Combine(dataDirectory, "admin.token")).Trim());
    }

    public HttpClient Http => _http;

    /// <summary>Asks until an approval is pending.</summary>
    public async Task<string> FirstPendingApproval()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var pending = await _http.GetFromJsonAsync<JsonElement>("/api/v1/approvals", limit.Token);
            if (pending.GetArrayLength() > 0)
            {
                return pending[0].GetProperty("id").GetString()!;
            }
        }
    }

    public async Task Decide(string approval, bool approve)
    {
        using var answer = await _http.PostAsJsonAsync($"/api/v1/approvals/{approval}", new { approve });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Enrols an edge and gives its key.</summary>
    public async Task<string> AddEdge(string edgeId)
    {
        using var answer = await _http.PostAsJsonAsync("/api/v1/edges", new { edgeId, name = edgeId });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
    }

    /// <summary>Asks until an edge's link is up.</summary>
    public async Task EdgeIsConnected(string edgeId)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var edges = await _http.GetFromJsonAsync<JsonElement>("/api/v1/edges", limit.Token);
            if (edges.EnumerateArray().Any(e => e.GetProperty("edgeId").GetString() == edgeId && e.GetProperty("connected").GetBoolean()))
            {
                return;
            }
        }
    }

    public void Dispose() => _http.Dispose();
}
