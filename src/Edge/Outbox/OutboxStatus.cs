namespace Dwapi.Edge.Outbox;

/// <summary>What an outbox holds and where it stands.</summary>
/// <param name="Epoch">Made when the file was created; the numbers count within it.</param>
/// <param name="Acknowledged">Everything up to here is stored or refused by the server.</param>
/// <param name="Last">The last number given.</param>
/// <param name="Waiting">Items not yet acknowledged.</param>
/// <param name="Devices">Devices they belong to.</param>
/// <param name="Oldest">When the oldest of them was received, Unix milliseconds; null when nothing waits.</param>
/// <param name="Refused">Items the server refused, since creation.</param>
/// <param name="Bytes">Size of the file with its log, bytes.</param>
internal sealed record OutboxStatus(
    string Epoch, long Acknowledged, long Last, long Waiting, int Devices, long? Oldest, long Refused, long Bytes);
