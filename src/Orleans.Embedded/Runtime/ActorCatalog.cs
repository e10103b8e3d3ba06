using System.Collections.Concurrent;
using Dwapi.Actors.CodeGeneration;
using Orleans.Runtime;

namespace Dwapi.Actors.Runtime;

/// <summary>The grain classes and proxies of all assemblies that the process is made of.</summary>
internal sealed class ActorCatalog : IActorCatalog
{
    private readonly ActorRuntime _runtime;
    private readonly Dictionary<Type, Func<ReferenceTarget, IdSpan, ActorProxy>> _proxies = [];
    private readonly Dictionary<GrainType, GrainClass> _classes = [];
    private readonly ConcurrentDictionary<(Type, GrainType), ReferenceTarget> _targets = new();
    private readonly ConcurrentDictionary<GrainType, ReferenceTarget> _untyped = new();
    private readonly ConcurrentDictionary<Type, Binding> _bindings = new();

    public ActorCatalog(ActorRuntime runtime)
    {
        _runtime = runtime;
        foreach (var manifest in ActorParts.Find())
            ((IActorManifest)Activator.CreateInstance(manifest, nonPublic: true)!).Register(this);
    }

    public void AddInterface(Type interfaceType, Func<ReferenceTarget, IdSpan, ActorProxy> create) => _proxies[interfaceType] = create;

    public void AddGrain(Type grainClass)
    {
        var found = new GrainClass(grainClass, _runtime.Services, _runtime.Filters.Length > 0);
        if (_classes.TryGetValue(found.Name, out var other) && other.ClassType != grainClass)
            throw new InvalidOperationException($"{grainClass} and {other.ClassType} have the same grain type, {found.Name}. Give one a [GrainType].");
        _classes[found.Name] = found;
    }

    public GrainClass? FindClass(GrainType type) => _classes.GetValueOrDefault(type);

    public GrainReference CreateReference(Type interfaceType, IdSpan key, string? classNamePrefix)
    {
        var binding = classNamePrefix is null
            ? _bindings.GetOrAdd(interfaceType, static (type, catalog) => catalog.Bind(type, null), this)
            : Bind(interfaceType, classNamePrefix);
        return binding.Create(binding.Target, key);
    }

    public GrainReference CreateReference(Type interfaceType, GrainId id) => ProxyOf(interfaceType)(Target(interfaceType, id.Type), id.Key);

    public ReferenceTarget UntypedTarget(GrainType type) =>
        _untyped.GetOrAdd(type, static (t, catalog) => new ReferenceTarget(catalog._runtime, t, default), this);

    private ReferenceTarget Target(Type interfaceType, GrainType type) =>
        _targets.GetOrAdd((interfaceType, type), static (key, runtime) =>
            new ReferenceTarget(runtime, key.Item2, GrainInterfaceType.Create(key.Item1.FullName!)), _runtime);

    private Binding Bind(Type interfaceType, string? classNamePrefix) =>
        new(ProxyOf(interfaceType), Target(interfaceType, ClassOf(interfaceType, classNamePrefix).Name));

    private Func<ReferenceTarget, IdSpan, ActorProxy> ProxyOf(Type interfaceType) =>
        _proxies.TryGetValue(interfaceType, out var create)
            ? create
            : throw new ArgumentException($"{interfaceType} has no proxy: its project does not use the code generator, or it is no grain interface.");

    private GrainClass ClassOf(Type interfaceType, string? classNamePrefix)
    {
        var all = _classes.Values.Where(c => interfaceType.IsAssignableFrom(c.ClassType)).ToArray();
        if (classNamePrefix is not null)
            all = Array.FindAll(all, c => c.ClassType.FullName!.StartsWith(classNamePrefix, StringComparison.Ordinal));
        if (all.Length > 1)
        {
            var name = interfaceType.Name.TrimStart('I');
            var byName = Array.FindAll(all, c => string.Equals(c.ClassType.Name, name, StringComparison.OrdinalIgnoreCase));
            all = byName.Length == 1 ? byName : all;
        }
        return all.Length switch
        {
            1 => all[0],
            0 => throw new ArgumentException($"Could not find an implementation for interface {interfaceType}."),
            _ => throw new ArgumentException($"Several classes implement {interfaceType}: {string.Join(", ", all.Select(c => c.ClassType))}."),
        };
    }

    private sealed record Binding(Func<ReferenceTarget, IdSpan, ActorProxy> Create, ReferenceTarget Target);
}
