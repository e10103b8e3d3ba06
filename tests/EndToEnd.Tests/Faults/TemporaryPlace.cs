namespace Dwapi.EndToEnd.Tests.Faults;

/// <summary>A folder for one test.</summary>
internal sealed class TemporaryPlace : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dwapi-fault-");

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
