using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orleans.Embedded.CodeGenerator;

/// <summary>Writes a proxy for each grain or observer interface, and the manifest that lists them and the grain classes.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ActorGenerator : IIncrementalGenerator
{
    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var parts = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => node is InterfaceDeclarationSyntax { BaseList: not null } or ClassDeclarationSyntax { BaseList: not null },
                static (syntax, cancellation) => Find(syntax, cancellation))
            .Where(static part => part is not null)
            .Collect();
        var assembly = context.CompilationProvider.Select(static (compilation, _) => AssemblyModel.Of(compilation));
        context.RegisterSourceOutput(parts.Combine(assembly), static (output, both) => Write(output, both.Left!, both.Right));
    }

    private static PartModel? Find(GeneratorSyntaxContext syntax, System.Threading.CancellationToken cancellation)
    {
        if (syntax.SemanticModel.GetDeclaredSymbol(syntax.Node, cancellation) is not INamedTypeSymbol type)
            return null;
        return type.TypeKind == TypeKind.Interface ? ProxyWriter.Write(type) : GrainClassFinder.Find(type);
    }

    private static void Write(SourceProductionContext output, ImmutableArray<PartModel?> found, AssemblyModel assembly)
    {
        var parts = found.Where(p => p is not null).Select(p => p!).GroupBy(p => p.TypeName).Select(g => g.First())
            .OrderBy(p => p.TypeName, System.StringComparer.Ordinal).ToList();
        foreach (var part in parts.Where(p => p.Problem is not null))
            output.ReportDiagnostic(Diagnostic.Create(Problems.Descriptor, part.Where, part.TypeName, part.Problem));
        parts.RemoveAll(p => p.Problem is not null);
        foreach (var proxy in parts.Where(p => p.ProxySource is not null))
            output.AddSource(proxy.ProxyName + ".g.cs", proxy.ProxySource!.Replace(ProxyWriter.NamespaceMark, assembly.Namespace));
        if (parts.Count > 0 || assembly.Parts.Length > 0)
            output.AddSource("ActorManifest.g.cs", ManifestWriter.Write(parts, assembly));
    }
}
