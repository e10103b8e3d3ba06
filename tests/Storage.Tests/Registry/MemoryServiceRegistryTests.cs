using Dwapi.Grains.Ports;
using Dwapi.Storage.Registry;

namespace Dwapi.Storage.Tests.Registry;

public sealed class MemoryServiceRegistryTests : ServiceRegistryContract
{
    protected override IServiceRegistry Registry { get; } = new MemoryServiceRegistry();
}
