using System.Reflection;
using Orleans.Runtime;

namespace Orleans;

/// <summary>One call as filters before the called grain see it.</summary>
public interface IIncomingGrainCallContext : IGrainCallContext
{
    /// <summary>The activation that is called.</summary>
    IGrainContext TargetContext { get; }

    /// <summary>The method of the grain class.</summary>
    MethodInfo ImplementationMethod { get; }
}
