using System.Collections.Concurrent;

namespace Dwapi.WebApi.Tests.Scale;

/// <summary>Every call that a grain of ours got, in order.</summary>
internal sealed class GrainCalls : IIncomingGrainCallFilter
{
    private readonly ConcurrentQueue<(string Grain, string Method)> _calls = new();

    /// <summary>The calls since the last <see cref="Clear"/>.</summary>
    public IReadOnlyList<(string Grain, string Method)> All => [.. _calls];

    public void Clear() => _calls.Clear();

    public Task Invoke(IIncomingGrainCallContext context)
    {
        var grain = context.InterfaceMethod.DeclaringType!;
        if (grain.Namespace!.StartsWith("Dwapi.", StringComparison.Ordinal))
        {
            _calls.Enqueue((grain.Name, context.InterfaceMethod.Name));
        }

        return context.Invoke();
    }
}
