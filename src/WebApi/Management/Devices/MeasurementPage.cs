namespace Dwapi.WebApi.Management.Devices;

/// <summary>A page of stored measurements.</summary>
/// <param name="Measurements">In the order asked for.</param>
/// <param name="NextCursor">"" on the last page; else <c>cursor</c> of the next one.</param>
public sealed record MeasurementPage(IReadOnlyList<MeasurementView> Measurements, string NextCursor);
