namespace Dwapi.Storage.Hosting;

/// <summary>What the stores are kept in, as the host sees it.</summary>
internal interface IStoreDatabase : IAsyncDisposable
{
    /// <summary>Opens it and brings it to the newest schema; the stores work from then on.</summary>
    Task Open(CancellationToken cancellationToken);

    /// <summary>Why it takes no writes now, or null. Tries it where that is not known.</summary>
    Task<string?> FindFault(CancellationToken cancellationToken);
}
