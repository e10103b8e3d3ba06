namespace Dwapi.Edge.Printers.Jobs;

/// <summary>Names of our files on printers: the job's id, so that a restart finds them, and what people know them by.</summary>
internal static class RemoteNames
{
    private const int Longest = 40;

    /// <summary>The name; nothing of what came from outside but plain letters gets through.</summary>
    public static string Of(string jobId, string fileName, Uri? uri)
    {
        var plain = Plain(Path.GetFileNameWithoutExtension(Given(fileName, uri)));
        return $"dwapi-{Plain(jobId)}{(plain.Length > 0 ? $"-{plain}" : "")}.gcode";
    }

    /// <summary>Extension of the file as it is known outside, lower case and without its dot; "" for none or an odd one.</summary>
    public static string TypeOf(string fileName, Uri? uri)
    {
        var extension = Path.GetExtension(Given(fileName, uri)).TrimStart('.').ToLowerInvariant();
        return extension.All(char.IsAsciiLetterOrDigit) && extension.Length <= 10 ? extension : "";
    }

    private static string Given(string fileName, Uri? uri) =>
        (fileName.Length > 0 ? fileName : Uri.UnescapeDataString(uri?.Segments[^1] ?? "")).Replace('\\', '/');

    private static string Plain(string text) =>
        new([.. text.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_').Take(Longest)]);
}
