using System.Net;
using System.Text.RegularExpressions;
using Dwapi.WebApi.Tests.PluginLink;

namespace Dwapi.WebApi.Tests.Console;

/// <summary>The console's files: served, and such that foreign text can never run.</summary>
public sealed partial class ConsolePageTests(LinkHost host) : IClassFixture<LinkHost>
{
    [Fact]
    public async Task Page_AtTheRoot_AllowsOnlyItsOwnFiles()
    {
        using var answer = await host.Http.GetAsync("/", TestContext.Current.CancellationToken);

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_AndEveryFileItNames_AreServedWithTheirTypes()
    {
        var page = await TextAsync("/");
        var scripts = new Queue<string>(References().Matches(page).Select(m => "/" + m.Groups[1].Value));
        var seen = new HashSet<string>();
        while (scripts.TryDequeue(out var path))
        {
            if (!seen.Add(path))
            {
                continue;
            }

            using var answer = await host.Http.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, path);
            var type = Path.GetExtension(path) switch { ".css" => "text/css", ".svg" => "image/svg+xml", _ => "text/javascript" };
            Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
            foreach (var import in Imports().Matches(await TextAsync(path)).Select(m => m.Groups[1].Value))
            {
                scripts.Enqueue("/console/" + import);
            }
        }

        Assert.True(seen.Count >= 7);
    }

    [Fact]
    public async Task Page_HasNoInlineScriptOrStyle()
    {
        var page = await TextAsync("/");

        Assert.DoesNotMatch("<script(?![^>]*src=)", page);
        Assert.DoesNotMatch("<style|\\sstyle=|\\son[a-z]+=", page);
    }

    [Theory]
    [InlineData("console.js")]
    [InlineData("page.js")]
    [InlineData("approvals.js")]
    [InlineData("devices.js")]
    [InlineData("clients.js")]
    [InlineData("edges.js")]
    [InlineData("printers.js")]
    [InlineData("api.js")]
    public async Task Script_NeverMakesMarkupOfText(string file) =>
        Assert.DoesNotMatch("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(|DOMParser|srcdoc", await TextAsync("/console/" + file));

    [Theory]
    [InlineData("/console/nothing.js")]
    [InlineData("/console/..%2fadmin.token")]
    public async Task File_ThatIsNotOne_Is404(string path)
    {
        using var answer = await host.Http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private Task<string> TextAsync(string path) => host.Http.GetStringAsync(path, TestContext.Current.CancellationToken);

    [GeneratedRegex("(?:src|href)=\"(console/[^\"]+)\"")]
    private static partial Regex References();

    [GeneratedRegex("from '\\./([^']+)'")]
    private static partial Regex Imports();
}
