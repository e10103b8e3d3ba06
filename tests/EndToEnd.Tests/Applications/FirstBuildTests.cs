using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Dwapi.EndToEnd.Tests.Applications;

/// <summary>What a stranger's machine builds is what was tested here: pinned versions, and nothing new that stops the first build.</summary>
public sealed partial class FirstBuildTests
{
    private static readonly DirectoryInfo Root = FindRoot();

    [Fact]
    public void Decision24_Orleans_IsOneVersionThatThePropertyReplaces()
    {
        var packages = Load("Directory.Packages.props");
        var property = Assert.Single(packages.Descendants("OrleansVersion"));
        Assert.Equal("10.4.2", property.Value);
        Assert.Equal("'$(OrleansVersion)' == ''", property.Attribute("Condition")?.Value);
        var orleans = Versions(packages).Where(static p => p.Name.StartsWith("Microsoft.Orleans.", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(orleans);
        Assert.All(orleans, static p => Assert.Equal("$(OrleansVersion)", p.Version));
    }

    [Fact]
    public void Decision35_Packages_HaveOneExactVersionEach()
    {
        var versions = Versions(Load("Directory.Packages.props"));
        Assert.All(versions.Where(static p => !p.Version.StartsWith('$')), static p => Assert.Matches(Exact(), p.Version));
        Assert.Contains(("xunit.v3", "3.2.2"), versions);
        Assert.True(File.Exists(Path.Combine(Root.FullName, "Dwapi.sln")));
    }

    [Fact]
    public void Decision41_NewSdkOrAdvisory_DoesNotStopTheFirstBuild()
    {
        var compiler = Load("eng", "Compiler.props");
        var warnings = Assert.Single(compiler.Descendants("WarningsNotAsErrors")).Value.Split(';');
        Assert.Subset(warnings.ToHashSet(), new HashSet<string>(["NU1900", "NU1901", "NU1902", "NU1903", "NU1904"]));
        Assert.Equal("10.0", Assert.Single(compiler.Descendants("AnalysisLevel")).Value);
        Assert.False(File.Exists(Path.Combine(Root.FullName, "global.json")), "A fixed SDK stops those who have another.");
    }

    private static (string Name, string Version)[] Versions(XElement packages) =>
        [.. packages.Descendants("PackageVersion").Select(static p => (p.Attribute("Include")!.Value, p.Attribute("Version")!.Value))];

    private static XElement Load(params string[] path) => XElement.Load(Path.Combine([Root.FullName, .. path]));

    private static DirectoryInfo FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Dwapi.sln")))
        {
            directory = directory.Parent;
        }

        return directory;
    }

    [GeneratedRegex(@"^\d+\.\d+\.\d+$")]
    private static partial Regex Exact();
}
