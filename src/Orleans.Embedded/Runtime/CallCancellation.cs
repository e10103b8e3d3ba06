using Dwapi.Actors.CodeGeneration;

namespace Dwapi.Actors.Runtime;

/// <summary>The token that a callee sees: cancelled when the caller cancels or has stopped waiting.</summary>
internal sealed class CallCancellation
{
    private readonly CancellationTokenSource _source = new();
    private CancellationTokenRegistration _registration;

    public CallCancellation(CancellationToken callersToken) => CallersToken = callersToken;

    public CancellationToken CallersToken { get; }

    public CancellationToken Token => _source.Token;

    public void Watch(PendingCall call)
    {
        if (CallersToken.CanBeCanceled)
            _registration = CallersToken.UnsafeRegister(static state => ((PendingCall)state!).OnCallerCanceled(), call);
    }

    public void Release() => _registration.Dispose();

    /// <summary>Cancels the callee: in a turn of it once it runs, so that what it registered runs there too.</summary>
    public void Cancel(Activation? callee)
    {
        if (callee is null)
            _source.Cancel();
        else
            callee.Post(this);
    }

    /// <summary>Called in a turn of the callee.</summary>
    public void CancelInTurn(Activation callee)
    {
        try
        {
            _source.Cancel();
        }
        catch (AggregateException exception)
        {
            Log.CancellationFailed(callee.Runtime.Logger, exception, callee.GrainId);
        }
    }
}
