namespace Dwapi.Storage.GrainState;

/// <summary>A state as it is kept.</summary>
/// <param name="Version">Its ETag; never 0.</param>
/// <param name="Data">UTF-8 JSON.</param>
internal sealed record StoredState(long Version, byte[] Data);
