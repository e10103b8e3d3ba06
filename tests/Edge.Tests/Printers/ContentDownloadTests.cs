using System.Net;
using System.Security.Cryptography;
using Dwapi.Edge.Printers.Content;
using Dwapi.Edge.Resilience;
using Dwapi.Edge.Tests.Support;

namespace Dwapi.Edge.Tests.Printers;

public sealed class ContentDownloadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ContentDownload _download = new(new HostPolicies(TimeProvider.System), TimeProvider.System);

    [Fact]
    public async Task Run_CutOff_GoesOnWhereItWasAndFetchesNothingTwice()
    {
        await using var server = await ContentBench.StartAsync(new string('G', 300_000));
        const int cut = 200_000;
        server.CutAfter = cut;
        server.Stated = SHA256.HashData(server.Content);

        var whole = await _download.RunAsync(
            Request(server),
            made =>
            {
                if (made.Bytes == cut)
                    server.Arrived.TrySetResult();
            },
            default);

        Assert.Equal(server.Content, File.ReadAllBytes(_folder["part"]));
        Assert.Equal((300_000, 300_000), (whole.Bytes, whole.Size));
        Assert.Equal(Convert.ToHexStringLower(server.Stated), whole.Digest);
        Assert.Equal(["", $"bytes={cut}-"], server.Requests.Select(request => request.Range));
        Assert.Equal(300_000, server.Sent);
    }

    [Fact]
    public async Task Run_OfAnotherVersion_BeginsAgain()
    {
        await using var server = await ContentBench.StartAsync("G28\nG1 X1\n");
        File.WriteAllText(_folder["part"], "old");

        await _download.RunAsync(Request(server) with { ETag = "\"v0\"" }, _ => { }, default);

        Assert.Equal(server.Content, File.ReadAllBytes(_folder["part"]));
    }

    [Fact]
    public async Task Run_RedirectedToAnotherServer_KeepsTheToken()
    {
        await using var other = await ContentBench.StartAsync("G28\n");
        await using var server = await ContentBench.StartAsync("");
        server.Redirect = other.File;

        await _download.RunAsync(Request(server) with { Token = "secret", Hosts = [server.Host, other.Host] }, _ => { }, default);

        Assert.Equal("Bearer secret", Assert.Single(server.Requests).Authorization);
        Assert.Equal("", Assert.Single(other.Requests).Authorization);
    }

    [Fact]
    public async Task Run_RedirectedIntoThePrivateNetwork_IsRefusedAndNothingIsAsked()
    {
        await using var inner = await ContentBench.StartAsync("secret of the house");
        await using var server = await ContentBench.StartAsync("");
        server.Redirect = new UriBuilder(inner.File) { Scheme = "https" }.Uri;

        var refusal = await Assert.ThrowsAsync<ContentException>(() => _download.RunAsync(Request(server), _ => { }, default));

        Assert.Equal(ContentFault.Forbidden, refusal.Fault);
        Assert.Empty(inner.Requests);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Run_OfPlainHttpThatNobodyNamed_IsRefused()
    {
        await using var server = await ContentBench.StartAsync("G28\n");

        var refusal = await Assert.ThrowsAsync<ContentException>(() => _download.RunAsync(Request(server) with { Hosts = [] }, _ => { }, default));

        Assert.Equal(ContentFault.Forbidden, refusal.Fault);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Run_WithoutTheToken_IsTokenRejectedAndNotRepeated()
    {
        await using var server = await ContentBench.StartAsync("G28\n");
        server.Token = "other";

        var refusal = await Assert.ThrowsAsync<ContentException>(() => _download.RunAsync(Request(server) with { Token = "secret" }, _ => { }, default));

        Assert.Equal(ContentFault.TokenRejected, refusal.Fault);
        Assert.Single(server.Requests);
        Assert.DoesNotContain("secret", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_BeyondTheLimits_StopsBeforeTheDiskIsFull()
    {
        await using var server = await ContentBench.StartAsync(new string('G', 10_000));
        using var small = new ContentDownload(new HostPolicies(TimeProvider.System), TimeProvider.System, _ => 1_000_000);

        var large = await Assert.ThrowsAsync<ContentException>(() => _download.RunAsync(Request(server) with { MaxBytes = 9_999 }, _ => { }, default));
        var full = await Assert.ThrowsAsync<ContentException>(() => small.RunAsync(Request(server), _ => { }, default));

        Assert.Equal((ContentFault.TooLarge, ContentFault.DiskFull), (large.Fault, full.Fault));
        Assert.False(File.Exists(_folder["part"]));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("::1")]
    [InlineData("fd00::1")]
    [InlineData("::ffff:192.168.1.1")]
    [InlineData("64:ff9b::a00:1")]
    public void PrivateAddresses_InAnyClothes_AreSeen(string address) => Assert.True(PrivateAddresses.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData("2606:2800:220:1::1")]
    public void PublicAddresses_ArePassed(string address) => Assert.False(PrivateAddresses.Contains(IPAddress.Parse(address)));

    public void Dispose()
    {
        _download.Dispose();
        _folder.Dispose();
    }

    private ContentRequest Request(ContentBench server) => new()
    {
        Uri = server.File,
        Hosts = [server.Host],
        Path = _folder["part"],
        MaxBytes = 1 << 20,
    };
}
