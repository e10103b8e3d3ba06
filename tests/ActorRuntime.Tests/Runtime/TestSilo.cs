using Dwapi.ActorRuntime.Tests.Filters;
using Dwapi.ActorRuntime.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Dwapi.ActorRuntime.Tests.Runtime;

/// <summary>What the clusters of the tests have.</summary>
public static class TestSilo
{
    public const string Streams = "streams";
    public const string Memory = "memory";
    public const string Conflicting = "conflicting";

    /// <summary>Everything but filters: they change the way of every call.</summary>
    public static void Configure(ISiloBuilder silo)
    {
        silo.AddMemoryGrainStorageAsDefault();
        silo.AddMemoryGrainStorage(Memory);
        silo.AddMemoryGrainStorage("PubSubStore");
        silo.Services.AddKeyedSingleton<IGrainStorage, ConflictingStorage>(Conflicting);
        silo.AddMemoryStreams(Streams);
        silo.UseInMemoryReminderService();
    }

    /// <summary>Everything, and a filter before every call.</summary>
    public static void ConfigureWithFilter(ISiloBuilder silo)
    {
        Configure(silo);
        silo.AddIncomingGrainCallFilter<TestFilter>();
    }
}
