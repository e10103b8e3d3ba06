namespace Dwapi.Storage.Tests;

/// <summary>A directory of one test, removed after it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("dwapi-storage-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
