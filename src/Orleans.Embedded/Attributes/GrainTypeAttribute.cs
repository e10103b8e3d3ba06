using Orleans.Runtime;

namespace Orleans;

/// <summary>Names the grain type of a class instead of the convention.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class GrainTypeAttribute : Attribute
{
    private readonly GrainType _grainType;

    /// <summary>Sets the name.</summary>
    public GrainTypeAttribute(string grainType) => _grainType = GrainType.Create(grainType);

    /// <summary>The grain type of the class.</summary>
    public GrainType GetGrainType(IServiceProvider services, Type type) => _grainType;
}
