using Orleans.Runtime;

namespace Dwapi.Actors.Runtime;

/// <inheritdoc />
internal sealed class GrainTimer<TState>(Activation activation, Func<TState, CancellationToken, Task> callback, TState state,
    GrainTimerCreationOptions options) : GrainTimer(activation, options)
{
    private protected override Task CallAsync(CancellationToken cancellationToken) => callback(state, cancellationToken);
}
