using System.Collections.Immutable;
using System.Reflection;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;
using Dwapi.Grains.Ports;
using Dwapi.Grains.Tests.Runtime;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dwapi.Grains.Tests.Edges;

/// <summary>A walk over an edge's services that is overtaken by an announcement.</summary>
public sealed class ServiceWalkTests
{
    private static readonly ServiceRegistration Service = Some.Service() with { EdgeId = "edge" };

    private readonly Fakes _fakes = new();
    private readonly ServiceChanges _changes;

    public ServiceWalkTests()
    {
        var registry = DispatchProxy.Create<IServiceRegistry, Proxy>();
        var grains = DispatchProxy.Create<IGrainFactory, Proxy>();
        ((Proxy)(object)registry).Fakes = ((Proxy)(object)grains).Fakes = _fakes;
        _changes = new ServiceChanges(registry, grains, NullLogger.Instance, "t", "edge");
    }

    [Fact]
    public async Task Walk_PassesOverWhatWasAnnouncedSinceItsPage()
    {
        var walk = _changes.PublishAll(linkUp: true);
        await _changes.Publish([new RegistryChange("dev", Service, null)], linkUp: true);
        _fakes.Announcers.SetResult([new ServiceAnnouncer("edge", true)]);
        await walk;
        await _changes.Deliver();

        Assert.Equal([false], _fakes.Published.Select(change => change.Present));
    }

    [Fact]
    public async Task Walk_ThatAnotherLinkOvertakes_IsMadeUpForByTheNextOne()
    {
        var first = _changes.PublishAll(linkUp: true);
        var second = _changes.PublishAll(linkUp: true, changed: false);
        _fakes.Announcers.SetResult([new ServiceAnnouncer("edge", true)]);
        await Task.WhenAll(first, second);
        await _changes.Deliver();

        Assert.Equal([true], _fakes.Published.Select(change => change.Present));
    }

    /// <summary>A registry with one service of two announcers, and grains that take note.</summary>
    public sealed class Fakes
    {
        public TaskCompletionSource<ImmutableArray<ServiceAnnouncer>> Announcers { get; } = new();

        public List<ServiceChange> Published { get; } = [];
    }

    /// <summary>Registry, factory and grain in one.</summary>
    public class Proxy : DispatchProxy
    {
        public Fakes Fakes { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
        {
            nameof(IServiceRegistry.GetPage) => Task.FromResult<ImmutableArray<RegisteredService>>([new RegisteredService(Service, 2)]),
            nameof(IServiceRegistry.GetShared) => Task.FromResult(ImmutableArray<string>.Empty),
            nameof(IServiceRegistry.GetAnnouncers) => Fakes.Announcers.Task,
            nameof(IGrainFactory.GetGrain) => Grain(targetMethod.ReturnType),
            nameof(IServiceChangesGrain.Publish) => Take((ImmutableArray<ServiceChange>)args![3]!),
            _ => throw new NotSupportedException(targetMethod.Name),
        };

        private object Grain(Type type)
        {
            var grain = DispatchProxy.Create(type, typeof(Proxy));
            ((Proxy)grain).Fakes = Fakes;
            return grain;
        }

        private Task Take(ImmutableArray<ServiceChange> changes)
        {
            Fakes.Published.AddRange(changes);
            return Task.CompletedTask;
        }
    }
}
