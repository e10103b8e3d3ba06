using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Storage;

/// <summary>State that ends with the process.</summary>
public sealed class StorageTests(SharedCluster cluster) : StorageContract(cluster), IClassFixture<SharedCluster>;
