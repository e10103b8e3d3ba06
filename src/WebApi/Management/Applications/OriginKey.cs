namespace Dwapi.WebApi.Management.Applications;

/// <summary>A key by which an application recognises this server; stands for the launch URI (DECISIONS 7).</summary>
/// <param name="Origin">The application's origin.</param>
/// <param name="Key">Hex digits of at least 8 bytes; used hex-decoded. Empty deletes the key.</param>
public sealed record OriginKey(string Origin, string Key);
