using Dwapi.Edge.Link;

namespace Dwapi.Edge;

/// <summary>An edge at one moment: for a doctor, a console, a test.</summary>
/// <param name="Link">The link to the server.</param>
/// <param name="Services">Devices that are announced.</param>
/// <param name="Measurements">Measurements decoded since the start.</param>
/// <param name="WithoutValue">Payloads in which the device says that it has no result.</param>
/// <param name="RefusedPayloads">Payloads that were malformed or unknown.</param>
/// <param name="Epoch">Epoch of the outbox.</param>
/// <param name="Acknowledged">Position up to which the server has everything.</param>
/// <param name="Last">Last number of the outbox.</param>
/// <param name="Lost">Measurements that the disk refused.</param>
/// <param name="Dropped">Continuous values (heart rate, oximetry) that gave way in a full outbox.</param>
public sealed record EdgeStatus(
    LinkStatus Link, int Services, long Measurements, long WithoutValue, long RefusedPayloads, string Epoch, long Acknowledged, long Last, long Lost,
    long Dropped);
