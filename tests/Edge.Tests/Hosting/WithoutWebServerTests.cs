using System.Xml.Linq;
using Dwapi.Tests;

namespace Dwapi.Edge.Tests.Hosting;

/// <summary>The edge is also part of programs for platforms where there is no ASP.NET Core (docs/architecture.md).</summary>
public sealed class WithoutWebServerTests
{
    [Theory]
    [InlineData("Edge.Library")]
    [InlineData("Edge.PluginBle")]
    public void Project_AndAllThatItUses_AskForNoOtherFramework(string project)
    {
        var projects = Closure(Path.Combine(Repository.Root, "src", project, $"{project}.csproj"));

        Assert.Contains(projects, path => Path.GetFileName(path) == "Gotapi.csproj");
        Assert.All(projects, path => Assert.Equal("Microsoft.NET.Sdk", XDocument.Load(path).Root!.Attribute("Sdk")!.Value));
        Assert.All([.. projects, .. BuildFiles()], path => Assert.Empty(XDocument.Load(path).Descendants("FrameworkReference")));
    }

    [Fact]
    public void Assembly_RefersToNothingOfAspNetCore() => Assert.DoesNotContain(
        typeof(EdgeHost).Assembly.GetReferencedAssemblies(), name => name.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    private static HashSet<string> Closure(string start)
    {
        var found = new HashSet<string>();
        var open = new Queue<string>([start]);
        while (open.TryDequeue(out var path))
        {
            if (!found.Add(path))
                continue;
            foreach (var reference in XDocument.Load(path).Descendants("ProjectReference"))
                open.Enqueue(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, reference.Attribute("Include")!.Value)));
        }

        return found;
    }

    /// <summary>What every project imports.</summary>
    private static IEnumerable<string> BuildFiles() =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "eng")), .. Directory.GetFiles(Repository.Root, "Directory.*")];
}
