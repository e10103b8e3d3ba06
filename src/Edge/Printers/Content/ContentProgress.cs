namespace Dwapi.Edge.Printers.Content;

/// <summary>How far a download is.</summary>
/// <param name="Bytes">Bytes on the disk.</param>
/// <param name="Size">Bytes of the whole; null if the server does not say.</param>
/// <param name="ETag">Strong entity tag; null if there is none, so that it cannot be gone on with.</param>
/// <param name="Digest">SHA-256 of the whole by Repr-Digest, lower-case hex; null if the server does not say.</param>
internal sealed record ContentProgress(long Bytes, long? Size, string? ETag, string? Digest);
