namespace Dwapi.Edge.Printers.Jobs;

/// <summary>What authorizes a download, in memory only: after a restart a new one is asked for.</summary>
/// <param name="Uri">The whole address.</param>
/// <param name="Token">The token; null if the address carries it or none is needed.</param>
internal sealed record JobSecrets(Uri Uri, string? Token)
{
    public override string ToString() => "secret";
}
