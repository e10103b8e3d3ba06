using System.Reflection;
using System.Text.RegularExpressions;

namespace Dwapi.WebApi.Tests.Gotapi;

/// <summary>docs/gotapi-conformance.md tells the truth about its tests (DECISIONS 37).</summary>
public sealed partial class ConformanceTableTests
{
    private static readonly string Root = FindRoot();
    private static readonly string[] Rows = [.. File.ReadLines(Path.Combine(Root, "docs", "gotapi-conformance.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal))];
    private static readonly string[] Named = [.. Rows.SelectMany(row => TestName().Matches(row)).Select(match => match.Groups[1].Value).Distinct()];

    [Fact]
    public void Decision37_EveryNamedTest_Exists()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Method().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .ToHashSet();
        Assert.True(Named.Length > 100);
        Assert.DoesNotContain(Named, name => !sources.Contains(name));
    }

    [Fact]
    public void Decision37_EveryRow_NamesATest() =>
        Assert.DoesNotContain(
            Rows, row => !row.Contains("| tests |", StringComparison.Ordinal) && !TestName().IsMatch(row[row.LastIndexOf("| ", StringComparison.Ordinal)..]));

    [Fact]
    public void Conformance_EveryTestThatIsNamedAfterAClause_IsListed()
    {
        var clauses = typeof(ConformanceTableTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttribute<FactAttribute>() is not null && Clause().IsMatch(method.Name))
            .Select(method => method.Name);
        Assert.Empty(clauses.Except(Named));
    }

    [Theory]
    [InlineData("Shall", 17, "")]
    [InlineData("Error", 22, "")]
    [InlineData("SocketError", 5, "_")]
    public void Conformance_EveryNumberOfATable_HasATest(string table, int last, string end)
    {
        var missing = Enumerable.Range(1, last)
            .Select(number => table + (end.Length > 0 ? number.ToString() : number.ToString("00")) + "_")
            .Where(prefix => !Named.Any(name => name.StartsWith(prefix, StringComparison.Ordinal)));
        Assert.Empty(missing);
    }

    [Fact]
    public void Conformance_EveryDecision_HasATestThatNamesIt()
    {
        // 26 to 28, 32 and 34 are about clusters and printers.
        int[] decisions = [.. Enumerable.Range(1, 25), 29, 30, 31, 33, .. Enumerable.Range(35, 7)];
        Assert.DoesNotContain(decisions, number => !Rows.Any(row =>
            row.StartsWith($"| {number} |", StringComparison.Ordinal) && Regex.IsMatch(row, $"`Decision0?{number}(_|And)|And{number}_|_Decision{number}`")));
    }

    [GeneratedRegex("`([A-Z][A-Za-z0-9]*_[A-Za-z0-9_]+)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"\b([A-Z][A-Za-z0-9]*_[A-Za-z0-9_]+)\(")]
    private static partial Regex Method();

    [GeneratedRegex("^(Shall|Error|SocketError)[0-9]+_")]
    private static partial Regex Clause();

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Dwapi.sln")))
        {
            directory = directory.Parent;
        }

        return directory.FullName;
    }
}
