using Dwapi.Grains.Devices;

namespace Dwapi.Grains.Ports;

/// <summary>A registration with the number of edges that announce it.</summary>
/// <param name="Registration">The registration.</param>
/// <param name="Announcers">1 for nearly all; more when devices roam between edges.</param>
public sealed record RegisteredService(ServiceRegistration Registration, int Announcers);
