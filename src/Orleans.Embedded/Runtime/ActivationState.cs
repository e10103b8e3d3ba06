namespace Dwapi.Actors.Runtime;

/// <summary>The life of an activation, in its order.</summary>
internal enum ActivationState
{
    Created,
    Activating,
    Valid,
    Deactivating,
    Ended,
}
