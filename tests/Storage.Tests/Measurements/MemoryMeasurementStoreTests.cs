using Dwapi.Grains.Ports;
using Dwapi.Storage.Measurements;

namespace Dwapi.Storage.Tests.Measurements;

public sealed class MemoryMeasurementStoreTests : MeasurementStoreContract
{
    protected override IMeasurementStore Store { get; } = new MemoryMeasurementStore();
}
