namespace Dwapi.Edge.Printers;

/// <summary>A content that a printer is to fetch itself.</summary>
/// <param name="RemoteName">Name of the job there; contains our job's id.</param>
/// <param name="Uri">The content. May itself carry what authorizes, so it is in no log.</param>
/// <param name="Token">Token for the content server; null for none.</param>
/// <param name="FileType">Lower-case extension of the file without its dot, "" if it is not known.</param>
internal sealed record PullRequest(string RemoteName, Uri Uri, string? Token, string FileType)
{
    /// <summary>The request without address and token.</summary>
    public override string ToString() => RemoteName;
}
