namespace Dwapi.Grains.Tests.Contracts;

/// <summary>
/// A committed text that a test compares with. With the environment variable <c>DWAPI_WRITE_GOLDEN=1</c> the test writes it instead; what
/// changes then is a change of the contract, to be judged by the rules of rolling upgrade in docs/operations.md.
/// </summary>
internal static class GoldenFile
{
    /// <summary>For the message of a comparison that failed.</summary>
    public const string Advice =
        "The contract between releases changed. If the rules of rolling upgrade in docs/operations.md allow it, run the test with DWAPI_WRITE_GOLDEN=1 and commit what it writes.";

    /// <summary>Whether to write.</summary>
    public static bool IsWritten => Environment.GetEnvironmentVariable("DWAPI_WRITE_GOLDEN") == "1";

    /// <summary>Its text; "" when it is not there.</summary>
    public static string Read(string name) => File.Exists(PathOf(name)) ? File.ReadAllText(PathOf(name)).ReplaceLineEndings("\n") : "";

    /// <summary>Writes it into the source tree.</summary>
    public static void Write(string name, string text) => File.WriteAllText(PathOf(name), text);

    private static string PathOf(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Dwapi.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The repository is not above the test's output.");
        return Path.Combine(folder.FullName, "tests", "Grains.Tests", "Contracts", "Golden", name);
    }
}
