using Dwapi.EndToEnd.Tests.Hosts;

namespace Dwapi.EndToEnd.Tests.Browser;

public sealed class BrowserTests
{
    private const string NoBrowser = "Chromium is not installed (./test.sh installs it as root on Debian).";

    public static bool HasBrowser => Chromium.Path is not null;

    [Fact(Skip = NoBrowser, SkipUnless = nameof(HasBrowser))]
    public async Task Page_OfAnotherOrigin_DiscoversReadsAndReceivesEvents()
    {
        await using var host = await RunningHost.Start();
        await using var pages = await PageServer.Start("application.html");
        await FirstResults.Wait(host.Url);

        var result = await pages.Run(host.Url);

        Assert.True(result.GetProperty("ok").GetBoolean(), result.GetRawText());
        Assert.Equal("Dwapi", result.GetProperty("product").GetString());
        Assert.Equal(0, result.GetProperty("verified").GetProperty("result").GetInt32());
        Assert.NotEmpty(result.GetProperty("cursor").GetString()!);
        Assert.True(result.GetProperty("event").GetProperty("heart").GetProperty("rate").GetProperty("value").GetDouble() > 0);
        Assert.Equal("heart", result.GetProperty("event").GetProperty("attribute").GetString());
        Assert.Equal(0, result.GetProperty("stop").GetInt32());
        Assert.All(result.GetProperty("oneShots").EnumerateArray(), static o => Assert.True(o.TryGetProperty("device", out _)));
    }

    [Fact(Skip = NoBrowser, SkipUnless = nameof(HasBrowser))]
    public async Task HostilePage_CanNeitherFeedThePluginLinkNorApprove()
    {
        await using var host = await RunningHost.Start("Production", demo: false);
        await using var pages = await PageServer.Start("hostile.html");
        using var operatorClient = host.Operator();
        using var application = new ApplicationClient(host.Url, "https://ward.example");
        var waiting = application.RequestAccess("health");
        var approval = await operatorClient.FirstPendingApproval();

        var result = await pages.Run(host.Url, $"&approval={approval}");

        Assert.True(result.GetProperty("ok").GetBoolean(), result.GetRawText());
        Assert.Equal("refused", result.GetProperty("link").GetString());
        Assert.Equal("blocked", result.GetProperty("approveJson").GetString());
        Assert.Equal("blocked", result.GetProperty("read").GetString());
        Assert.Equal(approval, await operatorClient.FirstPendingApproval());
        Assert.False(waiting.IsCompleted);
        await operatorClient.Decide(approval, approve: true);
        Assert.NotEmpty(await waiting);
    }
}
