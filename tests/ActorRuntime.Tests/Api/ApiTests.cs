using System.Reflection;

namespace Dwapi.ActorRuntime.Tests.Api;

/// <summary>DECISIONS 23: what the embedded runtime calls by an Orleans name is that.</summary>
public sealed class ApiTests
{
    // The two namespaces in which Orleans puts its extension methods beside its own.
    private static readonly string[] NotOurs = ["Orleans", "Microsoft"];

    private static readonly PublicApi Ours = PublicApi.Read([Value("OrleansEmbedded")]);
    private static readonly PublicApi Theirs = PublicApi.Read(RealAssemblies());

    private static bool RunsOnOrleans => Value("ActorRuntime") == "Orleans";

    /// <summary>Types that live in other Orleans assemblies than the one that the embedded build reads. With Orleans itself all are read, and none is excused.</summary>
    private static HashSet<string> Excused => RunsOnOrleans ? [] : [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Api/excused.txt"))];

    [Fact]
    public void PublicTypes_InOrleansNamespaces_AreRealOnes()
    {
        var excused = Excused;

        AssertNone(OrleansNamed().Where(t => !Theirs.Types.ContainsKey(t) && !excused.Contains(t)));
    }

    [Fact]
    public void PublicTypes_WithANamesake_AreOfTheSameKind()
    {
        var different = from name in OrleansNamed()
                        where Theirs.Types.ContainsKey(name)
                        where Ours.Types[name].Kind != Theirs.Types[name].Kind
                        select $"{name}: {Ours.Types[name].Kind} instead of {Theirs.Types[name].Kind}";

        AssertNone(different);
    }

    [Fact]
    public void Decision23_PublicMembersOfNamesakes_HaveTheSameSignatures()
    {
        var different = from name in OrleansNamed()
                        where Theirs.Types.ContainsKey(name)
                        from member in Ours.Types[name].Members
                        where !Theirs.Types[name].Members.Contains(member)
                        select name + ": " + member;

        AssertNone(different);
    }

    [Fact]
    public void Excuses_AreNeeded()
    {
        AssertNone(Excused.Where(t => !Ours.Types.ContainsKey(t) || Theirs.Types.ContainsKey(t)));
    }

    [Fact]
    public void RealAssemblies_AreRead()
    {
        Assert.Contains("Orleans.IGrainFactory", Theirs.Types.Keys);
        Assert.True(Theirs.Types.Count > 100);
        Assert.Contains("Orleans.IGrainFactory", Ours.Types.Keys);
    }

    // As one text, so that a failure shows the whole list.
    private static void AssertNone(IEnumerable<string> found)
    {
        var list = string.Join('\n', found);
        Assert.True(list.Length == 0, list);
    }

    private static IEnumerable<string> OrleansNamed() =>
        Ours.Types.Keys.Where(t => NotOurs.Any(n => t.StartsWith(n + ".", StringComparison.Ordinal))).Order(StringComparer.Ordinal);

    private static IEnumerable<string> RealAssemblies() => RunsOnOrleans
        ? Directory.EnumerateFiles(AppContext.BaseDirectory, "Orleans.*.dll").Where(f => Path.GetFileName(f) != "Orleans.Embedded.dll")
        : [Path.Combine(Value("OrleansAbstractions"), "net10.0", "Orleans.Core.Abstractions.dll")];

    private static string Value(string key) => typeof(ApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == key).Value!;
}
