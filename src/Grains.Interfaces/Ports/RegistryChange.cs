using Dwapi.Grains.Devices;

namespace Dwapi.Grains.Ports;

/// <summary>A registration that changed.</summary>
/// <param name="ServiceId">The service.</param>
/// <param name="Before">What it was; null for a new one.</param>
/// <param name="Now">What it is; null for one that is gone.</param>
public sealed record RegistryChange(string ServiceId, ServiceRegistration? Before, ServiceRegistration? Now);
