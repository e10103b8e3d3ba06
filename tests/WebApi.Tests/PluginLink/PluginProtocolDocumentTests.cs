using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dwapi.Gotapi.Frames;
using Dwapi.Tests;

namespace Dwapi.WebApi.Tests.PluginLink;

/// <summary>docs/plugin-protocol.md says what the code does: its limits, its frames, its session.</summary>
public sealed partial class PluginProtocolDocumentTests(LinkHost host) : IClassFixture<LinkHost>
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "plugin-protocol.md"));

    public static TheoryData<string> Limits =>
        [.. typeof(LinkLimits).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(limit => limit.IsLiteral && limit.FieldType == typeof(int))
            .Select(limit => limit.Name)];

    [Theory]
    [MemberData(nameof(Limits))]
    public void Limit_OfTheCode_StandsInTheDocumentWithItsValue(string limit)
    {
        var value = (int)typeof(LinkLimits).GetField(limit)!.GetRawConstantValue()!;

        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"| {limit} | {value} |"), Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Session_EveryMemberOfEveryFrame_IsInTheTableOfItsFrame()
    {
        foreach (var line in Session())
        {
            using var frame = JsonDocument.Parse(line[2..]);
            var method = frame.RootElement.GetProperty("method").GetString()!;
            var members = SectionOf(method);
            foreach (var member in frame.RootElement.EnumerateObject().Where(member => member.Name != "method"))
            {
                Assert.True(members.Contains($"| {member.Name} |", StringComparison.Ordinal), $"{method}: {member.Name}");
            }
        }
    }

    [Theory]
    [InlineData("HELLO", """{"method":"HELLO","edgeId":"e","key":"k","epoch":"1"}""")]
    [InlineData("EVENTS", """{"method":"EVENTS","items":[]}""")]
    [InlineData("EVENT", """{"method":"EVENT","serviceId":"s","profile":"p","attribute":"a"}""")]
    [InlineData("RESPONSE", """{"method":"RESPONSE","requestCode":1,"result":0}""")]
    public void Frame_WithTheMandatoryMembersAlone_IsTakenAndWithoutOneOfThemNot(string method, string text)
    {
        Assert.True(LinkFrameReader.TryRead(Encoding.UTF8.GetBytes(text), out _, out _));
        using var frame = JsonDocument.Parse(text);
        foreach (var member in frame.RootElement.EnumerateObject().Where(member => member.Name != "method"))
        {
            var without = Regex.Replace(text, $",\"{member.Name}\":(\"[^\"]*\"|[^,}}]+)", "");
            Assert.False(LinkFrameReader.TryRead(Encoding.UTF8.GetBytes(without), out _, out _), without);
            Assert.True(
                method == "EVENTS" || Regex.IsMatch(SectionOf(method), $@"\| {member.Name} \| \w+, mandatory \|"), $"{method}: {member.Name}");
        }
    }

    [Fact]
    public async Task Session_OfTheDocument_IsPlayedAsItIsWritten()
    {
        var key = await host.EnrolAsync("ward-3");
        await using var client = await LinkClient.OpenAsync(host.Address);

        foreach (var line in Session())
        {
            if (line[0] == '>')
            {
                await client.SendAsync(line[2..].Replace("default.ward-3.SECRET", key, StringComparison.Ordinal));
                continue;
            }

            var answer = Encoding.UTF8.GetString(LinkFrameWriter.ToUtf8((await client.ReceiveAsync())!));
            Assert.Equal(Version().Replace(line[2..], "\"version\":\"\""), Version().Replace(answer, "\"version\":\"\""));
        }

        Assert.Null(await client.ReceiveAsync());
    }

    private static string[] Session() =>
        [.. Text[Text.IndexOf("## An example session", StringComparison.Ordinal)..].Split('\n').Where(line => line.StartsWith("> {", StringComparison.Ordinal) || line.StartsWith("< {", StringComparison.Ordinal))];

    private static string SectionOf(string method)
    {
        var start = Text.IndexOf($"### {method}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"no section {method}");
        var end = Text.IndexOf("\n##", start + 4, StringComparison.Ordinal);
        return Text[start..end];
    }

    [GeneratedRegex("\"version\":\"[^\"]*\"")]
    private static partial Regex Version();
}
