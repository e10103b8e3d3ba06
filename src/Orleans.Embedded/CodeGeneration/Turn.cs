using Dwapi.Actors.Runtime;

namespace Dwapi.Actors.CodeGeneration;

/// <summary>A turn that a proxy runs on the thread of the caller. Used by generated code.</summary>
public ref struct Turn
{
    internal Activation? Activation;
    internal ThreadMark Saved;
    internal ExecutionContext? SavedFlow;
    internal CallCancellation? Cancellation;

    internal object? Instance;

    /// <summary>The object to call.</summary>
    public readonly object Target => Instance!;

    /// <summary>The token to give to the callee: it follows the caller's, and the timeout of the call.</summary>
    public CancellationToken Follow(CancellationToken callersToken)
    {
        Cancellation = new CallCancellation(callersToken);
        return Cancellation.Token;
    }
}
