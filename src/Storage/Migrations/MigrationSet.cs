using System.Globalization;

namespace Dwapi.Storage.Migrations;

/// <summary>The numbered SQL files that are built into this assembly: <c>Migrations/KIND/0001_name.sql</c>.</summary>
internal static class MigrationSet
{
    /// <summary>The migrations of a kind of database, in order.</summary>
    /// <exception cref="InvalidOperationException">The numbers have a hole: a file was misnamed.</exception>
    public static IReadOnlyList<Migration> Of(string kind)
    {
        var assembly = typeof(MigrationSet).Assembly;
        var prefix = $"Migrations/{kind}/";
        var migrations = new List<Migration>();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var file = name[prefix.Length..];
            var number = int.Parse(file.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture);
            if (number != migrations.Count + 1)
            {
                throw new InvalidOperationException($"Migration {file} does not follow number {migrations.Count}.");
            }

            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            migrations.Add(new Migration(number, Path.GetFileNameWithoutExtension(file)[5..], reader.ReadToEnd()));
        }

        return migrations;
    }
}
