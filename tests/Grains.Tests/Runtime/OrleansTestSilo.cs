namespace Dwapi.ActorRuntime.Tests.Runtime;

/// <summary>What the linked cluster of the contract suite asks for: the stream provider that a client outside the silo gets.</summary>
internal static class TestSilo
{
    public const string Streams = Dwapi.Grains.Streams.Provider;
}
