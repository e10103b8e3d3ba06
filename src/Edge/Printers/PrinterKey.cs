namespace Dwapi.Edge.Printers;

/// <summary>The key of a printer, from the settings or a file of its own.</summary>
internal static class PrinterKey
{
    /// <summary>Reads it; null if the printer has none.</summary>
    /// <exception cref="EdgeOptionsException">The file cannot be read.</exception>
    public static string? Read(PrinterOptions options)
    {
        if (options.ApiKey is not null || options.ApiKeyFile is null)
            return options.ApiKey;
        try
        {
            return File.ReadLines(options.ApiKeyFile).FirstOrDefault()?.Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeOptionsException($"Printers: the key of {options.Id}: {e.Message}", e);
        }
    }
}
