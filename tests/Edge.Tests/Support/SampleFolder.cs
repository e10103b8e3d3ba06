namespace Dwapi.Edge.Tests.Support;

/// <summary>The folder samples/ of the repository.</summary>
internal static class SampleFolder
{
    public static string File(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "Dwapi.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        return Path.Combine(folder.FullName, "samples", name);
    }
}
