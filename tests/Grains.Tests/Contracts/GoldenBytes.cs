namespace Dwapi.Grains.Tests.Contracts;

/// <summary>
/// The bytes of each message's sample: alias and hex, a line for each form that it ever had. The last one is that of today; the ones before
/// are what older releases send.
/// </summary>
internal static class GoldenBytes
{
    private const string Name = "bytes.txt";

    /// <summary>All forms, by alias, oldest first.</summary>
    public static ILookup<string, string> Read() => GoldenFile.Read(Name)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' '))
        .ToLookup(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    /// <summary>Adds the forms that are new.</summary>
    public static void Add(IEnumerable<(string Alias, string Hex)> forms)
    {
        var known = Read();
        var lines = forms.SelectMany(form => known[form.Alias].Where(hex => hex != form.Hex).Append(form.Hex).Select(hex => $"{form.Alias} {hex}\n"));
        GoldenFile.Write(Name, string.Concat(lines));
    }
}
