namespace Dwapi.ActorRuntime.Tests.Storage;

public interface INoteGrain : IGrainWithStringKey
{
    Task<string> Text();

    Task<string> OtherText();

    Task Write(string text);

    Task WriteOther(string text);

    /// <summary>Changes the state in memory only.</summary>
    Task Forget(string text);

    Task Clear();

    Task<string?> Etag();

    Task<bool> Exists();

    Task End();
}
