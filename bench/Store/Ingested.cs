namespace Dwapi.Bench.Store;

/// <summary>Durable items of one round. The machine's CPU seconds hold the database's processes too, and whatever else runs.</summary>
internal readonly record struct Ingested(double PerSecond, double PerProcessSecond, double PerMachineSecond);
