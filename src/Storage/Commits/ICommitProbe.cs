namespace Dwapi.Storage.Commits;

/// <summary>Told at every <see cref="CommitPoint"/>, by the writer; tests end the process there.</summary>
internal interface ICommitProbe
{
    /// <summary>The writer has come to a point.</summary>
    void Reached(CommitPoint point);
}
