using Microsoft.Extensions.Configuration;

namespace Dwapi.Edge.Configuration;

/// <summary>Reads edge.json; environment variables DWAPI_EDGE_NAME go before it.</summary>
internal static class EdgeConfiguration
{
    /// <summary>Prefix of the environment variables.</summary>
    public const string Prefix = "DWAPI_EDGE_";

    /// <summary>The file that is read where none is named.</summary>
    public const string DefaultFile = "edge.json";

    /// <summary>Reads the settings for a command that needs no file: the named one, else that of the folder, else the environment alone.</summary>
    /// <exception cref="EdgeOptionsException">As <see cref="Load"/>.</exception>
    public static EdgeOptions LoadIfAny(string? path) => path is null ? Load(DefaultFile, optional: true) : Load(path);

    /// <summary>Reads the settings.</summary>
    /// <exception cref="EdgeOptionsException">The file cannot be read, or it holds a setting that does not exist.</exception>
    public static EdgeOptions Load(string path, bool optional = false)
    {
        var full = Path.GetFullPath(path);
        try
        {
            var options = new EdgeOptions();
            new ConfigurationBuilder()
                .AddJsonFile(full, optional)
                .AddEnvironmentVariables(Prefix)
                .Build()
                .Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
            Root(options, Path.GetDirectoryName(full)!);
            return options;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or InvalidOperationException or UnauthorizedAccessException)
        {
            // The binder's own message names the setting, for one in a list the inner one; for a fault of the file the innermost one names the place.
            var reason = e is InvalidOperationException ? e : e.GetBaseException();
            while (e is InvalidOperationException && reason.InnerException is InvalidOperationException inner)
                reason = inner;
            throw new EdgeOptionsException($"{path}: {Plain(reason.Message.ReplaceLineEndings(" "))}", e);
        }
    }

    // The binder speaks of itself to who wrote the program, and names the setting last.
    private static string Plain(string reason) => reason.Contains(nameof(BinderOptions.ErrorOnUnknownConfiguration), StringComparison.Ordinal)
        ? $"there is no setting {reason[(reason.LastIndexOf(": ", StringComparison.Ordinal) + 2)..]}. docs/edge.md has all of them." : reason;

    // A file that is moved with its neighbours keeps working, wherever the edge is started from.
    private static void Root(EdgeOptions options, string folder)
    {
        options.KeyFile = Rooted(options.KeyFile, folder);
        options.CertificateFile = Rooted(options.CertificateFile, folder);
        options.DataDirectory = Rooted(options.DataDirectory, folder);
        options.Outbox = Rooted(options.Outbox, folder);
        options.Replay.File = Rooted(options.Replay.File, folder);
        options.Slicer.Profiles = Rooted(options.Slicer.Profiles, folder);
        if (options.Slicer.Program is { } program && Path.GetFileName(program) != program)
            options.Slicer.Program = Rooted(program, folder);
        foreach (var printer in options.Printers)
        {
            printer.ApiKeyFile = Rooted(printer.ApiKeyFile, folder);
            printer.PasswordFile = Rooted(printer.PasswordFile, folder);
            printer.ModelsFile = Rooted(printer.ModelsFile, folder);
        }
    }

    private static string? Rooted(string? path, string folder) => path is null ? null : Path.Combine(folder, path);
}
