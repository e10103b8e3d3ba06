using System.Text.RegularExpressions;
using Dwapi.Grains.Settings;

namespace Dwapi.EndToEnd.Tests.Faults;

/// <summary>docs/operations.md names every setting there is, no other, and only tests that exist.</summary>
public sealed partial class OperationsDocumentTests
{
    private static readonly DirectoryInfo Repository = Root();
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.FullName, "docs", "operations.md"));

    [Fact]
    public void Settings_AreThoseOfTheOptions()
    {
        var settings = typeof(GotapiOptions).GetProperties().Select(p => $"{GotapiOptions.Section}:{p.Name}")
            .Concat(typeof(DwapiOptions).GetProperties().Select(p => $"{DwapiOptions.Section}:{p.Name}"));
        var named = Setting().Matches(Document).Select(m => m.Value).Where(name => !name.StartsWith("Dwapi:Retention", StringComparison.Ordinal));

        Assert.Equal(settings.Order(StringComparer.Ordinal), named.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Tenancy_NamesEverySettingAndQuota()
    {
        var document = File.ReadAllText(Path.Combine(Repository.FullName, "docs", "tenancy.md"));
        var settings = typeof(TenancyOptions).GetProperties().Where(p => p.Name != nameof(TenancyOptions.Names)).Select(p => $"`{TenancyOptions.Section}:{p.Name}")
            .Concat(typeof(TenantOptions).GetProperties().Select(p => $"`{TenancyOptions.SettingOf("NAME", p.Name)}"))
            .Concat(typeof(TenantQuotas).GetProperties().Select(p => $"| `{p.Name}` |"));

        Assert.All(settings, setting => Assert.Contains(setting, document, StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_NameTestsThatExist()
    {
        var sources = string.Concat(
            Directory.EnumerateFiles(Path.Combine(Repository.FullName, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var named = TestName().Matches(Document).Select(m => m.Value).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains($" {name}(", sources, StringComparison.Ordinal));
    }

    private static DirectoryInfo Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Dwapi.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The repository is not above the test's output.");
        }

        return folder;
    }

    [GeneratedRegex(@"\b(?:Dwapi|Gotapi):[A-Z][A-Za-z]+")]
    private static partial Regex Setting();

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+_[A-Za-z]+(?:_[A-Za-z]+)+\b|\b(?:Connections|Requests|ReadOnlyDisk|ApplicationFrames|LinkFrames)_[A-Za-z_]+\b")]
    private static partial Regex TestName();
}
