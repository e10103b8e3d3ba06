namespace Dwapi.Edge.Files;

/// <summary>Files that a reader finds whole at any moment, also after a loss of power.</summary>
internal static class WholeFile
{
    /// <summary>Puts a file in the place of the old one.</summary>
    /// <param name="path">Where.</param>
    /// <param name="content">What.</param>
    /// <param name="secret">Only its owner may read it (mode 0600).</param>
    public static void Write(string path, ReadOnlySpan<byte> content, bool secret = false)
    {
        var fresh = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (secret)
        {
            // What is left of an earlier try may have another mode.
            File.Delete(fresh);
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(fresh, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }
}
