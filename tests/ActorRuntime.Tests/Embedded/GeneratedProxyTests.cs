using Dwapi.ActorRuntime.Tests.Calls;
using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Embedded;

/// <summary>Calls are dispatched by classes that the code generator writes into the assembly of the interface.</summary>
public sealed class GeneratedProxyTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    [Fact]
    public void Decision22_Proxy_IsCompiledWithItsInterface()
    {
        var proxy = cluster.Client.GetGrain<ICounterGrain>("proxy").GetType();

        Assert.Equal(typeof(ICounterGrain).Assembly, proxy.Assembly);
        Assert.False(proxy.Assembly.IsDynamic);
    }

    [Fact]
    public void Decision22_Generator_IsThereAtBuildTimeOnly() =>
        Assert.DoesNotContain(
            Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Select(Path.GetFileName),
            static name => name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) || name.Contains("CodeGenerator", StringComparison.Ordinal));
}
