namespace Dwapi.Edge.Printers.Jobs;

/// <summary>Names of our files on printers: the job's id, so that a restart finds them, and what people know them by.</summary>
internal static class RemoteNames
{
    private const int Longest = 40;

    /// <summary>The name; nothing of what came from outside but plain letters gets through.</summary>
    public static string Of(string jobId, string fileName, Uri? uri)
    {
        var given = fileName.Length > 0 ? fileName : Uri.UnescapeDataString(uri?.Segments[^1] ?? "");
        var plain = Plain(Path.GetFileNameWithoutExtension(given.Replace('\\', '/')));
        return $"dwapi-{Plain(jobId)}{(plain.Length > 0 ? $"-{plain}" : "")}.gcode";
    }

    private static string Plain(string text) =>
        new([.. text.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_').Take(Longest)]);
}
