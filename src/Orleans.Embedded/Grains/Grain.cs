using Dwapi.Actors.Runtime;
using Orleans.Runtime;

namespace Orleans;

/// <summary>The base of grain classes.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    private readonly IGrainContext? _context;

    /// <summary>Made by the runtime within the first turn of the activation.</summary>
    protected Grain()
    {
        _context = Activation.Current;
    }

    /// <inheritdoc />
    public IGrainContext GrainContext => _context ?? throw OutsideRuntime();

    /// <summary>A reference to this grain, without an interface.</summary>
    public GrainReference GrainReference => GrainContext.GrainReference;

    /// <summary>The identity of this grain in text form.</summary>
    public string IdentityString => GrainContext.GrainId.ToString();

    /// <summary>Where this grain finds other grains.</summary>
    protected IGrainFactory GrainFactory => Owner.Runtime.Client;

    /// <summary>Services with the life time of this activation.</summary>
    protected internal IServiceProvider ServiceProvider => GrainContext.ActivationServices;

    private Activation Owner => _context as Activation ?? throw OutsideRuntime();

    /// <summary>Called before the first call; an exception rejects the calls that wait and ends the activation.</summary>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Called when the last call has ended and no other can come.</summary>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends this activation when the running calls have ended; later calls go to a new one.</summary>
    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    /// <summary>Keeps this activation from idle collection for a time; a negative one withdraws the wish.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => Owner.DelayDeactivation(timeSpan);

    private static InvalidOperationException OutsideRuntime() =>
        new("This grain was made with new, not by the runtime.");
}
