namespace Dwapi.WebApi.Management.Printers;

/// <summary>A printer as the management API shows it.</summary>
/// <param name="ServiceId">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Online">Whether it can be used now.</param>
/// <param name="JobId">The job that has it; "" for none.</param>
/// <param name="BedCleared">False until a person confirms that the last part was removed.</param>
/// <param name="ClearsItself">It clears its bed itself.</param>
/// <param name="Queue">Its queue, as applications see it.</param>
internal sealed record PrinterStatusView(
    string ServiceId, string Name, bool Online, string JobId, bool BedCleared, bool ClearsItself, RawJson Queue);
