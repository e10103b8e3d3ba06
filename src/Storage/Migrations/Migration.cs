namespace Dwapi.Storage.Migrations;

/// <summary>A numbered change of the schema.</summary>
/// <param name="Number">1, 2, 3, ...; the same number means the same change in every kind of database.</param>
/// <param name="Name">What it brings.</param>
/// <param name="Sql">Its statements.</param>
internal sealed record Migration(int Number, string Name, string Sql);
