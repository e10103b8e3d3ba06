using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Dwapi.Grains.Ports;
using Dwapi.Grains.Printing;
using Dwapi.Grains.Settings;

namespace Dwapi.ContentServer.Tests;

/// <summary>The content server and its adapter: tokens, download, resume (3D-HSF-04).</summary>
public sealed class ContentServerTests : IAsyncLifetime
{
    private ContentHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ContentHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Hsf04_Download_WithoutToken_IsRefused()
    {
        using var none = await _host.Get("models/cube/file");
        using var made = await _host.Get("models/cube/file", "made-up");

        Assert.Equal(HttpStatusCode.Unauthorized, none.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, made.StatusCode);
    }

    [Fact]
    public async Task Decision32_TokenOfAJob_OpensItsModelForItsPrinterOnly()
    {
        var token = await _host.TokenFor("cube");
        using var otherModel = await _host.Get("models/frame/file", token);
        using var otherPrinter = await _host.Get("models/cube/file", token, "printer:2");
        using var list = await _host.Get("models", token);
        using var right = await _host.Get("models/cube/file", token);

        Assert.Equal(HttpStatusCode.Forbidden, otherModel.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, otherPrinter.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, list.StatusCode);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Fact]
    public async Task Hsf04_PrinterThatDownloadsItself_NeedsTheTokenOnly_InTheHeaderOrTheAddress()
    {
        var (inHeader, inAddress) = (await _host.TokenFor("cube"), await _host.TokenFor("cube"));
        using var otherModel = await _host.Get($"models/frame/file?access_token={inAddress}", printer: "");
        using var otherPrinter = await _host.Get($"models/cube/file?access_token={inAddress}", printer: "printer:2");
        using var list = await _host.Get($"models?access_token={inAddress}", printer: "");
        using var header = await _host.Get("models/cube/file", inHeader, printer: "");
        using var address = await _host.Get($"models/cube/file?access_token={inAddress}", printer: "");

        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized], [otherModel.StatusCode, otherPrinter.StatusCode, list.StatusCode]);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (header.StatusCode, address.StatusCode));
        Assert.Null(header.Headers.CacheControl);
        Assert.Equal("no-store, private", address.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task List_WithTheApplicationsToken_HasPreviewsAndDigests_ButOpensNoFile()
    {
        var token = (await _host.Adapter.Login(_host.Server, ContentHost.Printer, CancellationToken.None)).Value;
        using var list = await _host.Get("models", token);
        using var models = JsonDocument.Parse(await list.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using var file = await _host.Get("models/cube/file", token);

        Assert.Equal(["model/stl", "text/x.gcode"], models.RootElement.EnumerateArray().Select(model => model.GetProperty("mediaType").GetString()));
        Assert.Equal(HttpStatusCode.Unauthorized, file.StatusCode);
        foreach (var model in models.RootElement.EnumerateArray())
        {
            using var preview = await _host.Get(model.GetProperty("preview").GetString()!, token);
            Assert.Equal("image/svg+xml", preview.Content.Headers.ContentType!.MediaType);
            using var download = await _host.Get(model.GetProperty("file").GetString()!, await _host.TokenFor(model.GetProperty("id").GetString()!));
            var bytes = await download.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            Assert.Equal(model.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
            Assert.Equal(model.GetProperty("size").GetInt64(), bytes.Length);
            Assert.Equal($"sha-256=:{Convert.ToBase64String(SHA256.HashData(bytes))}:", download.Headers.GetValues("Repr-Digest").Single());
        }
    }

    [Fact]
    public async Task Download_InParts_IsOneUseOfTheToken_AndEndsIt()
    {
        var token = await _host.TokenFor("cube");
        using var first = await _host.Get("models/cube/file", token, ContentHost.Printer, ("Range", "bytes=0-99"));
        var etag = first.Headers.ETag!.ToString();
        Assert.Equal(HttpStatusCode.PartialContent, first.StatusCode);
        _host.Clock.Advance(TimeSpan.FromHours(1));

        using var rest = await _host.Get("models/cube/file", token, ContentHost.Printer, ("Range", "bytes=100-"), ("If-Range", etag));
        var tail = await rest.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
        Assert.Equal(rest.Content.Headers.ContentRange!.Length, 100 + tail.Length);

        // The end of the answer is noted when it was sent, which its reader may see a little before.
        HttpStatusCode status;
        do
        {
            using var again = await _host.Get("models/cube/file", token, ContentHost.Printer, ("Range", "bytes=0-0"));
            status = again.StatusCode;
        }
        while (status == HttpStatusCode.PartialContent);
        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }

    [Fact]
    public async Task Download_BeyondTheEndOrOfAnotherVersion_IsToldSo()
    {
        var token = await _host.TokenFor("cube");
        using var beyond = await _host.Get("models/cube/file", token, ContentHost.Printer, ("Range", "bytes=9999999-"));
        using var other = await _host.Get("models/cube/file", token, ContentHost.Printer, ("Range", "bytes=1-"), ("If-Range", "\"other\""));

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Token_UnusedForTenMinutesOrRevoked_IsOver()
    {
        var unused = await _host.TokenFor("cube");
        _host.Clock.Advance(TimeSpan.FromMinutes(10));
        var revoked = await _host.TokenFor("cube");
        await _host.Adapter.Revoke(_host.Server, revoked, CancellationToken.None);

        using var first = await _host.Get("models/cube/file", unused);
        using var second = await _host.Get("models/cube/file", revoked);

        Assert.Equal(HttpStatusCode.Unauthorized, first.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, second.StatusCode);
    }

    [Fact]
    public void Tokens_ThatEnded_AreNotKept()
    {
        var clock = new Grains.Tests.Runtime.FakeClock();
        var tokens = new ContentTokens(clock);
        for (var i = 0; i < 100; i++)
        {
            tokens.Make("model:list");
        }

        var used = tokens.Make("model:read", "cube", "p");
        tokens.Use(used);
        clock.Advance(ContentToken.UnusedLife);
        tokens.Make("model:list");

        Assert.Equal(2, tokens.Count);
        Assert.NotNull(tokens.Find(used));
    }

    [Theory]
    [InlineData("https://models.example/shop/a.gcode", true)]
    [InlineData("file://models.example/shop/a.gcode", true)]
    [InlineData("https://models.example/shop/a/../b.gcode", true)]
    [InlineData("https://models.example/a.gcode", false)]
    [InlineData("https://models.example/shopping/a.gcode", false)]
    [InlineData("https://models.example/shop/../a.gcode", false)]
    [InlineData("https://models.example/shop/%2e%2e/a.gcode", false)]
    [InlineData("https://models.example/shop/x%2f..%2f..%2fa.gcode", false)]
    [InlineData("https://models.example:444/shop/a.gcode", false)]
    [InlineData("http://models.example/shop/a.gcode", false)]
    [InlineData("file://models.example/a.gcode", false)]
    [InlineData("file://other.example/shop/a.gcode", false)]
    public void Content_IsTheServersBelowItsAddressOnly(string content, bool has)
    {
        var options = new PrintingOptions();
        options.ContentServers.Add(new ContentServerOptions { Id = "shop", Url = "https://models.example/shop" });

        Assert.Equal(has, options.FindServer("t", "", new Uri(content)) is not null);
        Assert.Equal(has, options.FindServer("t", "shop", new Uri(content)) is not null);
        Assert.Null(options.FindServer("t", "other", new Uri(content)));
    }

    [Fact]
    public void OwnServer_IsOfferedWhileOthersAreRead()
    {
        var options = new PrintingOptions();
        options.ContentServers.Add(new ContentServerOptions { Id = "shop", Url = "https://models.example/" });
        using var reading = options.AllContentServers.GetEnumerator();
        Assert.True(reading.MoveNext());

        options.Offer(new ContentServerOptions { Id = "own", Url = "http://127.0.0.1:1/content/" });

        Assert.False(reading.MoveNext());
        Assert.Equal(["shop", "own"], options.AllContentServers.Select(server => server.Id));
    }

    [Fact]
    public async Task Issue_WithTheApplicationsToken_ExchangesIt_AndAMadeUpOneIsRefused()
    {
        var application = (await _host.Adapter.Login(_host.Server, ContentHost.Printer, CancellationToken.None)).Value;

        Assert.NotEqual(application, await _host.TokenFor("cube", applicationToken: application));
        var refused = await Assert.ThrowsAsync<ContentServerException>(() => _host.TokenFor("cube", applicationToken: "made-up"));
        Assert.True(refused.Refused);
        Assert.DoesNotContain("made-up", refused.Message, StringComparison.Ordinal);
        Assert.True((await Assert.ThrowsAsync<ContentServerException>(() => _host.TokenFor("nothing"))).Refused);
    }

    [Fact]
    public async Task Login_WithAnotherSecret_IsRefused()
    {
        var other = new ContentServerOptions { Id = "own", Kind = "oauth", Url = _host.Server.Url, ClientId = "silo", ClientSecret = "other" };

        var refused = await Assert.ThrowsAsync<ContentServerException>(() => _host.Adapter.Login(other, ContentHost.Printer, CancellationToken.None));

        Assert.True(refused.Refused);
    }

    [Fact]
    public async Task Adapter_AddressThatIsNotHttps_IsNeverAsked()
    {
        var clear = new ContentServerOptions { Id = "x", Kind = "oauth", Url = "http://models.example/", ClientId = "silo", ClientSecret = "s" };

        var refused = await Assert.ThrowsAsync<ContentServerException>(
            () => _host.Adapter.Issue(clear, new ContentRequest("job", ContentHost.Printer, "http://models.example/a.stl", "t", default), CancellationToken.None));

        Assert.True(refused.Refused);
    }
}
