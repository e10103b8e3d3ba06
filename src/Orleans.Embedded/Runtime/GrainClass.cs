using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Dwapi.Actors.Runtime;

/// <summary>What is known of a grain class; found once, at start.</summary>
internal sealed class GrainClass
{
    public static readonly GrainClass Observer = new();

    private readonly Func<Activation, object>? _create;

    public GrainClass(Type type, IServiceProvider services, bool hasFilters)
    {
        ClassType = type;
        Name = type.GetCustomAttribute<GrainTypeAttribute>()?.GetGrainType(services, type) ?? ByConvention(type);
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        AlwaysQueues = hasFilters || typeof(IIncomingGrainCallFilter).IsAssignableFrom(type);
        CollectionAge = type.IsDefined(typeof(KeepAliveAttribute), inherit: true)
            ? Timeout.InfiniteTimeSpan
            : type.GetCustomAttribute<CollectionAgeLimitAttribute>()?.AgeLimit;
        _create = Factory(type, services.GetRequiredService<ServiceLifetimes>());
    }

    private GrainClass()
    {
        ClassType = typeof(IGrainObserver);
        Name = GrainType.Create("sys.observer");
    }

    public Type ClassType { get; }

    public GrainType Name { get; }

    public bool IsReentrant { get; }

    /// <summary>Filters must see a call as an object; it cannot run straight from the proxy.</summary>
    public bool AlwaysQueues { get; }

    public TimeSpan? CollectionAge { get; }

    public object Create(Activation activation) => _create!(activation);

    private static GrainType ByConvention(Type type)
    {
        var name = type.Name.ToLowerInvariant();
        return GrainType.Create(name.Length > 5 && name.EndsWith("grain", StringComparison.Ordinal) ? name[..^5] : name);
    }

    private static Func<Activation, object> Factory(Type type, ServiceLifetimes lifetimes)
    {
        var constructors = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public);
        var constructor = constructors.FirstOrDefault(c => c.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
            ?? constructors.MaxBy(c => c.GetParameters().Length)
            ?? throw new InvalidOperationException($"{type} has no public constructor.");
        var states = constructor.GetParameters()
            .Where(p => p.IsDefined(typeof(PersistentStateAttribute)))
            .ToArray();
        var stateFactories = Array.ConvertAll(states, PersistentStates.Factory);
        // By position: ActivatorUtilities matches given arguments by type, so each state parameter gets its own.
        var create = ActivatorUtilities.CreateFactory(type, [.. states.Select(p => p.ParameterType)]);
        // A scope for each of many thousand activations is only made where something lives in one.
        var needsScope = constructor.GetParameters().Except(states).Any(p => !lifetimes.IsSingleton(p.ParameterType));
        return activation =>
        {
            var arguments = Array.ConvertAll(stateFactories, make => make(activation));
            return create(needsScope ? activation.ActivationServices : activation.Runtime.Services, arguments);
        };
    }
}
