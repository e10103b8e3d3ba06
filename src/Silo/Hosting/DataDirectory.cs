using Dwapi.Grains.Settings;

namespace Dwapi.Silo.Hosting;

/// <summary>Where everything durable lies (DECISIONS 40).</summary>
internal static class DataDirectory
{
    /// <summary>The configured directory, else <c>.data</c> under the content root in Development, else LocalApplicationData/dwapi.</summary>
    public static string Resolve(IConfiguration configuration, IHostEnvironment environment)
    {
        var configured = configuration[$"{DwapiOptions.Section}:{nameof(DwapiOptions.DataDirectory)}"];
        if (!string.IsNullOrWhiteSpace(configured))
        {
            return Path.GetFullPath(configured);
        }

        return environment.IsDevelopment()
            ? Path.Combine(environment.ContentRootPath, ".data")
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "dwapi");
    }

    /// <summary>Makes the directory, readable by its owner only.</summary>
    /// <exception cref="StartUpException">It cannot be made.</exception>
    public static void Create(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartUpException($"The data directory {path} cannot be made ({e.Message}). Choose another with --Dwapi:DataDirectory=PATH.");
        }
    }
}
