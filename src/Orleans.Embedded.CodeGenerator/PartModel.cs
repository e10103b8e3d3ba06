using Microsoft.CodeAnalysis;

namespace Orleans.Embedded.CodeGenerator;

/// <summary>A grain class or interface that was found. Equal if it gives the same source, so that unchanged ones are not written again.</summary>
internal sealed class PartModel : IEquatable<PartModel>
{
    /// <summary>Describes a find.</summary>
    public PartModel(string typeName, string? proxyName, string? proxySource, string? problem = null, Location? where = null)
    {
        TypeName = typeName;
        ProxyName = proxyName;
        ProxySource = proxySource;
        Problem = problem;
        Where = where;
    }

    /// <summary>The full name of the class or interface.</summary>
    public string TypeName { get; }

    /// <summary>The name of the proxy class; null for a grain class.</summary>
    public string? ProxyName { get; }

    /// <summary>The source of the proxy class; null for a grain class.</summary>
    public string? ProxySource { get; }

    /// <summary>Why nothing can be written for it.</summary>
    public string? Problem { get; }

    /// <summary>Where the problem is.</summary>
    public Location? Where { get; }

    /// <inheritdoc />
    public bool Equals(PartModel? other) =>
        other is not null && TypeName == other.TypeName && ProxySource == other.ProxySource && Problem == other.Problem;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as PartModel);

    /// <inheritdoc />
    public override int GetHashCode() => TypeName.GetHashCode();
}
