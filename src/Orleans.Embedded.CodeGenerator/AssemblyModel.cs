using System.Text;
using Microsoft.CodeAnalysis;

namespace Orleans.Embedded.CodeGenerator;

/// <summary>What the manifest says of the assembly itself.</summary>
internal sealed class AssemblyModel : IEquatable<AssemblyModel>
{
    private AssemblyModel(string @namespace, string[] parts)
    {
        Namespace = @namespace;
        Parts = parts;
    }

    /// <summary>The namespace of all generated classes: one of its own for each assembly, for some see the internals of others.</summary>
    public string Namespace { get; }

    /// <summary>The referenced assemblies that have a manifest themselves.</summary>
    public string[] Parts { get; }

    /// <summary>Reads a compilation.</summary>
    public static AssemblyModel Of(Compilation compilation)
    {
        var name = new StringBuilder("Dwapi.Actors.Generated.A_");
        foreach (var c in compilation.AssemblyName ?? "")
            name.Append(char.IsLetterOrDigit(c) ? c : '_');
        var parts = compilation.SourceModule.ReferencedAssemblySymbols
            .Where(a => a.GetAttributes().Any(x => x.AttributeClass?.ToDisplayString() == "Dwapi.Actors.CodeGeneration.ActorManifestAttribute"))
            .Select(a => a.Name)
            .OrderBy(n => n, StringComparer.Ordinal)
            .ToArray();
        return new AssemblyModel(name.ToString(), parts);
    }

    /// <inheritdoc />
    public bool Equals(AssemblyModel? other) => other is not null && Namespace == other.Namespace && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as AssemblyModel);

    /// <inheritdoc />
    public override int GetHashCode() => Namespace.GetHashCode();
}
