namespace Dwapi.Edge.Files;

/// <summary>Files that a reader finds whole at any moment, also after a loss of power.</summary>
internal static class WholeFile
{
    /// <summary>Puts a file in the place of the old one.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var fresh = path + ".new";
        using (var file = new FileStream(fresh, FileMode.Create))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }
}
