using Microsoft.CodeAnalysis;

namespace Orleans.Embedded.CodeGenerator;

/// <summary>Finds grain classes.</summary>
internal static class GrainClassFinder
{
    /// <summary>Describes the class if it is one.</summary>
    public static PartModel? Find(INamedTypeSymbol type)
    {
        if (type.IsAbstract || type.IsStatic || !Implements(type, "Orleans.IGrainBase") || !Implements(type, "Orleans.IGrain"))
            return null;
        var name = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        if (type.IsGenericType)
            return new PartModel(name, null, null, "a grain class cannot be generic.", type.Locations.FirstOrDefault());
        return Reach.IsAccessible(type)
            ? new PartModel(name, null, null)
            : new PartModel(name, null, null, "a grain class must be internal or public.", type.Locations.FirstOrDefault());
    }

    private static bool Implements(INamedTypeSymbol type, string name) => type.AllInterfaces.Any(i => i.ToDisplayString() == name);
}
