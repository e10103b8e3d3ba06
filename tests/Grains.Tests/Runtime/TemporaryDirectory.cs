namespace Dwapi.Grains.Tests.Runtime;

/// <summary>A data directory for one test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("dwapi-grains-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
