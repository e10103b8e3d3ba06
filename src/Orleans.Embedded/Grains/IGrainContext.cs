namespace Orleans.Runtime;

/// <summary>One activation of a grain.</summary>
public interface IGrainContext : IEquatable<IGrainContext>
{
    /// <summary>A reference to the grain, without an interface.</summary>
    GrainReference GrainReference { get; }

    /// <summary>The identity of the grain.</summary>
    GrainId GrainId { get; }

    /// <summary>The object of the grain class; null before it was made.</summary>
    object? GrainInstance { get; }

    /// <summary>Services with the life time of the activation.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Completes when the activation has ended. A grain that awaits its own waits for ever.</summary>
    Task Deactivated { get; }

    /// <summary>Ends the activation as soon as the running calls have ended. Later calls go to a new activation.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
