using System.Net.Http.Json;
using System.Text.Json;

namespace Dwapi.EndToEnd.Tests.Hosts;

/// <summary>A GotAPI application written for the tests: plain HTTP, nothing of the product's own client.</summary>
internal sealed class ApplicationClient : IDisposable
{
    public ApplicationClient(Uri url, string origin)
    {
        Http = new HttpClient { BaseAddress = url };
        Http.DefaultRequestHeaders.Add("Origin", origin);
        Origin = origin;
    }

    public HttpClient Http { get; }

    public string Origin { get; }

    public string ClientId { get; private set; } = "";

    public string Token { get; private set; } = "";

    /// <summary>Any GotAPI call; the answer whatever its result.</summary>
    public async Task<JsonElement> Call(string method, string pathAndQuery)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), pathAndQuery);
        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    /// <summary>A call that must succeed.</summary>
    public async Task<JsonElement> Expect(string method, string pathAndQuery)
    {
        var answer = await Call(method, pathAndQuery);
        Assert.True(answer.GetProperty("result").GetInt32() == 0, $"{method} {pathAndQuery.Split('?')[0]}: {answer}");
        return answer;
    }

    /// <summary>grant and accessToken; the token.</summary>
    public async Task<string> RequestAccess(string scopes)
    {
        ClientId = (await Expect("GET", "/gotapi/authorization/grant")).GetProperty("clientId").GetString()!;
        var access = await Expect("GET", $"/gotapi/authorization/accessToken?clientId={ClientId}&scope={scopes}&applicationName=Test");
        return Token = access.GetProperty("accessToken").GetString()!;
    }

    /// <summary>A health call with this client's token.</summary>
    public Task<JsonElement> Health(string method, string attribute, string serviceId, string extra = "") =>
        Call(method, $"/gotapi/health/{attribute}?serviceId={serviceId}&accessToken={Token}{extra}");

    public void Dispose() => Http.Dispose();
}
