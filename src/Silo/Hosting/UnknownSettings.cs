using System.Reflection;
using Dwapi.Grains.Settings;
using Dwapi.Storage.Retention;

namespace Dwapi.Silo.Hosting;

/// <summary>Settings in our sections that nothing reads: misspelt ones, mostly, which would leave a limit at its default without a word.</summary>
internal static class UnknownSettings
{
    private static readonly (string Section, Type Options)[] Ours =
    [
        (GotapiOptions.Section, typeof(GotapiOptions)),
        (DwapiOptions.Section, typeof(DwapiOptions)),
        (TenancyOptions.Section, typeof(TenancyOptions)),
        (PrintingOptions.Section, typeof(PrintingOptions)),
    ];

    // It lies in another one's section.
    private static readonly (string Section, Type Options) Nested = (RetentionOptions.Section, typeof(RetentionOptions));

    /// <summary>Refuses them.</summary>
    /// <exception cref="StartUpException">There is one; the message says which there are instead.</exception>
    public static void Refuse(IConfiguration configuration)
    {
        foreach (var (section, options) in Ours)
            Refuse(configuration.GetSection(section), options);
    }

    private static void Refuse(IConfigurationSection section, Type type)
    {
        if (section.Value is { Length: > 0 } && ItemOf(type) is not null)
            throw new StartUpException($"{section.Path} has entries, not one value: {section.Path}:0 and so on, or by name. See docs/operations.md.");
        foreach (var child in section.GetChildren())
        {
            if (child.Path.Equals(Nested.Section, StringComparison.OrdinalIgnoreCase))
                Refuse(child, Nested.Options);
            else if (ItemOf(type) is { } item)
                Refuse(child, item);
            else if (Members(type).FirstOrDefault(member => member.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)) is { Name: not null } known)
                Refuse(child, known.Type);
            else
                throw new StartUpException($"There is no setting {child.Path}. {Known(section.Path, type)} See docs/operations.md.");
        }
    }

    private static string Known(string path, Type type) => Members(type).Select(member => member.Name).Order(StringComparer.Ordinal).ToArray() is { Length: > 0 } names
        ? $"Under {path} there are {string.Join(", ", names)}."
        : $"{path} has one value.";

    // What the binder sets: what can be written, and what is filled in place.
    private static IEnumerable<(string Name, Type Type)> Members(Type type) => type.Namespace!.StartsWith(nameof(System), StringComparison.Ordinal) || type.IsEnum
        ? []
        : type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod?.IsPublic == true || ItemOf(property.PropertyType) is not null || IsOurs(property.PropertyType))
            .Select(property => (property.Name, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType));

    private static bool IsOurs(Type type) => type.IsClass && type.Namespace == typeof(DwapiOptions).Namespace;

    private static Type? ItemOf(Type type)
    {
        if (!type.IsGenericType)
            return null;
        var kind = type.GetGenericTypeDefinition();
        return kind == typeof(IList<>) || kind == typeof(List<>) || kind == typeof(IDictionary<,>) || kind == typeof(Dictionary<,>)
            ? type.GetGenericArguments()[^1]
            : null;
    }
}
