using Orleans.Runtime;

namespace Orleans;

/// <summary>The root of all observer interfaces: objects outside the grains that grains can call.</summary>
public interface IGrainObserver : IAddressable
{
}
