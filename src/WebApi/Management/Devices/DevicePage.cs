namespace Dwapi.WebApi.Management.Devices;

/// <summary>A page of devices, ordered by edge and service id.</summary>
/// <param name="Devices">The devices.</param>
/// <param name="NextCursor">"" on the last page; else <c>cursor</c> of the next one.</param>
public sealed record DevicePage(IReadOnlyList<DeviceView> Devices, string NextCursor);
