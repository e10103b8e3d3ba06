namespace Dwapi.Edge.Sources.Bluetooth;

/// <summary>What is known of devices from one connection to the next.</summary>
/// <param name="Records">How far their stored records are fetched.</param>
/// <param name="Energy">For whom they count energy.</param>
internal sealed record SessionMemory(StoredRecords Records, EnergyCounts Energy);
