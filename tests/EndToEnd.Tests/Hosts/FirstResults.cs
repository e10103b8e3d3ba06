using System.Diagnostics;
using Dwapi.Silo.Commands;

namespace Dwapi.EndToEnd.Tests.Hosts;

/// <summary>Waits until every demo device has a result, by the product's own <c>try</c>.</summary>
internal static class FirstResults
{
    public static async Task Wait(Uri url)
    {
        using var client = new GotapiClient(url, TimeSpan.FromSeconds(30));
        await client.Authorize(TestContext.Current.CancellationToken);
        var results = await client.OneShotOfEverything(TestContext.Current.CancellationToken);
        Debug.Assert(results.Count > 0);
        Assert.All(results, static r => Assert.Equal(0, r.Answer.GetProperty("result").GetInt32()));
    }
}
