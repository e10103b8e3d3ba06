using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Dwapi.ContentServer;
using Dwapi.EndToEnd.Tests.Hosts;
using Dwapi.Gotapi.Printing;
using Dwapi.Grains;
using Dwapi.Grains.Printing;
using Microsoft.Extensions.DependencyInjection;

namespace Dwapi.EndToEnd.Tests.Applications;

/// <summary>The content server of the all-in-one host, from the application's list to the download of a job.</summary>
public sealed class ContentServerTests
{
    [Fact]
    public async Task OwnContentServer_IsListed_AndGivesAModelForTheTokenOfAJob()
    {
        await using var host = await RunningHost.Start();
        var grain = Grain(host);

        var connected = await grain.Connect("https://school.example", "printer:1");
        var entry = JsonSerializer.Deserialize(connected.Entry.Span, PrintingJson.Default.ContentServerEntry)!;
        using var http = new HttpClient { BaseAddress = new Uri(entry.Url) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", entry.SecureToken);
        var models = await http.GetFromJsonAsync<JsonElement>("models", TestContext.Current.CancellationToken);
        var file = new Uri(http.BaseAddress, models[0].GetProperty("file").GetString());
        var grant = await grain.Issue(new ContentRequest("job-1", "printer:1", file.AbsoluteUri, entry.SecureToken, default));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", grant.SecureToken);
        http.DefaultRequestHeaders.Add(ContentServerExtensions.PrinterHeader, "printer:1");
        var bytes = await http.GetByteArrayAsync(grant.Uri, TestContext.Current.CancellationToken);

        Assert.Equal(models[0].GetProperty("size").GetInt32(), bytes.Length);
        Assert.Equal([$"{host.Url.Host}:{host.Url.Port}"], grant.Hosts);
        Assert.Equal(11, (await grain.Issue(new ContentRequest("job-2", "printer:1", "https://elsewhere.example/a.stl", "", default))).ErrorCode);
    }

    [Fact]
    public async Task OwnContentServer_SwitchedOff_IsNotThere()
    {
        await using var host = await RunningHost.Start(demo: false);
        using var http = new HttpClient { BaseAddress = host.Url };

        using var answer = await http.GetAsync("content/models", TestContext.Current.CancellationToken);

        Assert.False(answer.IsSuccessStatusCode);
        Assert.Equal(17, (await Grain(host).Connect("https://school.example", "printer:1")).ErrorCode);
    }

    private static IContentServerGrain Grain(RunningHost host) =>
        host.Services.GetRequiredService<IGrainFactory>().GetGrain<IContentServerGrain>(TenantKey.Of(TenantKey.DefaultTenant, "dwapi"));
}
