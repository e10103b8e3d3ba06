using Dwapi.Tests;

namespace Dwapi.Deploy.Tests.Overlays;

/// <summary>Every document is one that the Kubernetes API takes.</summary>
public sealed class SchemaTests
{
    private static readonly string Schemas = Path.Combine(Repository.Root, "tests", "Deploy.Tests", "Schemas");

    public static TheoryData<string> Names => Overlay.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Documents_ReadStrictly_HaveNoUnknownField(string name)
    {
        var overlay = await Overlay.Render(name);

        Assert.NotEmpty(overlay.Documents);
        Assert.All(overlay.Documents, d => Assert.False(string.IsNullOrEmpty(d.Metadata.Name)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Documents_AgainstTheSchemas_AreValid(string name)
    {
        var overlay = await Overlay.Render(name);

        Assert.Equal($"{overlay.Documents.Count} documents\n", await Validate(overlay.Yaml));
    }

    [Fact]
    public async Task Documents_ThatAreWrong_AreFound()
    {
        const string Document = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: wrong
            spec:
              template:
                spec:
                  containers:
                    - name: a
                      env: [{ name: A, value: 5 }]
            """;

        var answer = await Validate(Document);

        Assert.Contains("required property selector", answer, StringComparison.Ordinal);
        Assert.Contains("env/0/value must be string", answer, StringComparison.Ordinal);
    }

    private static async Task<string> Validate(string yaml)
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Schemas, "node_modules")),
            "The Kubernetes schemas are not installed: npm install --prefix tests/Deploy.Tests/Schemas --no-package-lock");
        var (exit, output, errors) = await Tool.Run("node", yaml, Path.Combine(Schemas, "validate.js"));
        Assert.True(exit == 0, errors);
        return output;
    }
}
