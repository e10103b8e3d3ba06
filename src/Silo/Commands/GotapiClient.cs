using System.Text.Json;
using Dwapi.Gotapi.Health;

namespace Dwapi.Silo.Commands;

/// <summary>A GotAPI application in a few lines, used by <c>try</c>.</summary>
internal sealed class GotapiClient : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly HttpClient _http;
    private readonly TimeSpan _wait;
    private string _token = "";

    /// <summary>An application with the origin http://localhost.</summary>
    public GotapiClient(Uri url, TimeSpan wait)
    {
        _http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(60) };
        _http.DefaultRequestHeaders.Add("Origin", "http://localhost");
        _wait = wait;
    }

    /// <summary>Waits for the server, then grant and accessToken.</summary>
    public async Task Authorize(CancellationToken cancellationToken)
    {
        await Until(async () => await Get("gotapi/availability", cancellationToken) is not null, cancellationToken);
        var grant = await Call("gotapi/authorization/grant", cancellationToken);
        var clientId = grant.GetProperty("clientId").GetString()!;
        var access = await Call(
            $"gotapi/authorization/accessToken?clientId={Uri.EscapeDataString(clientId)}&scope=serviceDiscovery,serviceInformation,health&applicationName=dwapi%20try",
            cancellationToken);
        _token = access.GetProperty("accessToken").GetString()!;
    }

    /// <summary>A one-shot of every health attribute of every service; waits until each has a result or the time is over.</summary>
    public async Task<IReadOnlyList<OneShotResult>> OneShotOfEverything(CancellationToken cancellationToken)
    {
        List<OneShotResult> results = [];
        await Until(
            async () =>
            {
                results = await AskAll(cancellationToken);
                return results.Count > 0 && results.All(static r => r.Answer.GetProperty("result").GetInt32() == 0);
            },
            cancellationToken);
        return results.Count > 0 ? results
            : throw new CommandException("The server has no services yet. Start it with --Dwapi:Demo=true, or connect an edge: 'edge add NAME'.");
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task<List<OneShotResult>> AskAll(CancellationToken cancellationToken)
    {
        var results = new List<OneShotResult>();
        var discovery = await Call("gotapi/serviceDiscovery?" + Token, cancellationToken);
        foreach (var service in discovery.GetProperty("services").EnumerateArray())
        {
            var id = service.GetProperty("id").GetString()!;
            var scopes = service.GetProperty("scopes").EnumerateArray().Select(static s => s.GetString()!).ToList();
            foreach (var attribute in HealthAttributes.All.Where(a => a.DiscoveryScopes.Any(scope => scopes.Contains(scope.Name))))
            {
                var answer = await Get($"gotapi/health/{attribute.Name}?serviceId={Uri.EscapeDataString(id)}&{Token}", cancellationToken);
                results.Add(new OneShotResult(id, service.GetProperty("name").GetString()!, attribute.Name, answer!.Value));
            }
        }

        return results;
    }

    private string Token => "accessToken=" + Uri.EscapeDataString(_token);

    private async Task<JsonElement> Call(string path, CancellationToken cancellationToken)
    {
        var answer = await Get(path, cancellationToken)
            ?? throw new CommandException($"No server at {_http.BaseAddress}. Start it with 'dotnet run --project src/Silo', or name it with --url.");
        return answer.GetProperty("result").GetInt32() == 0 ? answer
            : throw new CommandException($"{path.Split('?')[0]} was refused with error {answer.GetProperty("errorCode")}: {answer.GetProperty("errorMessage").GetString()}");
    }

    private async Task<JsonElement?> Get(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private async Task Until(Func<Task<bool>> done, CancellationToken cancellationToken)
    {
        var end = TimeProvider.System.GetTimestamp();
        while (!await done() && TimeProvider.System.GetElapsedTime(end) < _wait)
        {
            await Task.Delay(Pause, cancellationToken);
        }
    }
}
