namespace Dwapi.Tests;

/// <summary>The repository that this test was built from.</summary>
internal static class Repository
{
    /// <summary>Its root: the folder with Dwapi.sln.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Dwapi.sln")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No Dwapi.sln above the tests."));
}
