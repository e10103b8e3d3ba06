using Dwapi.Storage.GrainState;

namespace Dwapi.Storage.Tests.GrainState;

public sealed class MemoryGrainStorageTests : GrainStorageContract
{
    private protected override IStateTable Table { get; } = new MemoryStateTable();
}
