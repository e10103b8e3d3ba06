using System.Text.Json;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Gotapi.Tests.Printing;

/// <summary>docs/printing.md shows the table that the code has.</summary>
public sealed class PrintingDocumentTests
{
    [Fact]
    public void Table_OfTheDocument_IsThatOfTheCode()
    {
        var rows = File.ReadLines(Path.Combine(Root(), "docs", "printing.md"))
            .SkipWhile(line => line != "| from | trigger | to |").Skip(2).TakeWhile(line => line.StartsWith("| ", StringComparison.Ordinal));
        var table = PrintJobTransitions.All.Where(row => row.Trigger != PrintJobTrigger.Progress)
            .Select(row => $"| {Word(row.From)} | {Word(row.Trigger)} | {Word(row.To)} |");

        Assert.Equal(table.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    private static string Word(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Dwapi.sln")))
            directory = directory.Parent;
        return directory.FullName;
    }
}
