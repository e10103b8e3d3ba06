namespace Dwapi.Edge.Printers;

/// <summary>A file that is to be stored on a printer.</summary>
/// <param name="Path">Where it lies here.</param>
/// <param name="RemoteName">Its name there; contains the id of its job, so that a restart finds it.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">SHA-256 as lower-case hex.</param>
internal sealed record PrintFile(string Path, string RemoteName, long Size, string Sha256);
