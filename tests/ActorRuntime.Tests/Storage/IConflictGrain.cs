namespace Dwapi.ActorRuntime.Tests.Storage;

public interface IConflictGrain : IGrainWithStringKey
{
    Task<int> Activation();

    /// <summary>Writes, and lets the storage's exception out.</summary>
    Task Write();

    /// <summary>Writes, and handles the storage's exception.</summary>
    Task<string> WriteCarefully();

    /// <summary>Lets another grain write, and its exception out.</summary>
    Task WriteThrough(string other);
}
