namespace Dwapi.Storage.Commits;

/// <summary>What production uses.</summary>
internal sealed class NoCommitProbe : ICommitProbe
{
    public static NoCommitProbe Instance { get; } = new();

    public void Reached(CommitPoint point)
    {
    }
}
