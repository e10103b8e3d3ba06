using Microsoft.CodeAnalysis;

namespace Orleans.Embedded.CodeGenerator;

/// <summary>Whether generated code in the same assembly can name a type.</summary>
internal static class Reach
{
    /// <summary>True if the type and all types around it are internal or public.</summary>
    public static bool IsAccessible(INamedTypeSymbol type)
    {
        for (var at = type; at is not null; at = at.ContainingType)
        {
            if (at.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal || at.IsFileLocal())
                return false;
        }
        return true;
    }

    private static bool IsFileLocal(this INamedTypeSymbol type) => type.MetadataName.StartsWith("<", System.StringComparison.Ordinal);
}
