using System.Text.RegularExpressions;
using Dwapi.Tests;

namespace Dwapi.Deploy.Tests;

/// <summary>What the Dockerfile names is there; no image is built here.</summary>
public sealed partial class DockerfileTests
{
    private static readonly string Dockerfile = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "k8s", "Dockerfile"));

    [Fact]
    public void Projects_AreThere() => Assert.All(
        Published().Matches(Dockerfile).Select(static m => m.Groups[1].Value), static project => Assert.True(Directory.Exists(Path.Combine(Repository.Root, project))));

    [Fact]
    public void Programs_AreWhatTheProjectsBuild()
    {
        var programs = EntryPoint().Matches(Dockerfile).Select(static m => m.Groups[1].Value).ToList();

        Assert.Equal(2, programs.Count);
        Assert.All(programs, static program => Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, program)), program));
    }

    [Fact]
    public void FinalImages_AreChiseledAndRunAsTheirUser()
    {
        var stages = Dockerfile.Split("\nFROM ")[2..];

        Assert.Equal(2, stages.Length);
        Assert.All(stages, static stage =>
        {
            Assert.Contains("-chiseled", stage.Split('\n')[0], StringComparison.Ordinal);
            Assert.Contains("\nUSER ${APP_UID}\n", stage, StringComparison.Ordinal);
            Assert.DoesNotContain("\nRUN ", stage, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Context_HoldsWhatTheBuildReads()
    {
        var kept = File.ReadAllLines(Path.Combine(Repository.Root, ".dockerignore")).Where(static l => l.StartsWith('!')).Select(static l => l[1..]).ToList();

        Assert.Superset(new HashSet<string> { "Directory.*", "eng", "src" }, kept.ToHashSet());
    }

    [GeneratedRegex(@"dotnet publish (\S+)")]
    private static partial Regex Published();

    [GeneratedRegex(@"ENTRYPOINT \[""dotnet"", ""([^""]+)""\]")]
    private static partial Regex EntryPoint();
}
