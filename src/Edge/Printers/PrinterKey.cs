namespace Dwapi.Edge.Printers;

/// <summary>The key or the password of a printer, from the settings or a file of its own.</summary>
internal static class PrinterKey
{
    /// <summary>Reads the key; null if the printer has none.</summary>
    /// <exception cref="EdgeOptionsException">The file cannot be read.</exception>
    public static string? Read(PrinterOptions options) => Read(options, options.ApiKey, options.ApiKeyFile, "key");

    /// <summary>Reads the password; null if the printer has none.</summary>
    /// <exception cref="EdgeOptionsException">The file cannot be read.</exception>
    public static string? Password(PrinterOptions options) => Read(options, options.Password, options.PasswordFile, "password");

    private static string? Read(PrinterOptions options, string? given, string? file, string what)
    {
        if (given is not null || file is null)
            return given;
        try
        {
            return File.ReadLines(file).FirstOrDefault()?.Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeOptionsException($"Printers: the {what} of {options.Id}: {e.Message}", e);
        }
    }
}
