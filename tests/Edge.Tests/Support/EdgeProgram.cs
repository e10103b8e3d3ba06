namespace Dwapi.Edge.Tests.Support;

/// <summary>The program dwapi-edge as it was built.</summary>
internal static class EdgeProgram
{
    /// <summary>Its assembly, for the command dotnet.</summary>
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "dwapi-edge.dll");
}
