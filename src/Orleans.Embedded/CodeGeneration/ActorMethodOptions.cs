namespace Dwapi.Actors.CodeGeneration;

/// <summary>What the attributes of a method say.</summary>
[Flags]
public enum ActorMethodOptions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>[OneWay], or a method without a result type.</summary>
    OneWay = 1,

    /// <summary>[AlwaysInterleave].</summary>
    AlwaysInterleave = 2,

    /// <summary>[ReadOnly].</summary>
    ReadOnly = 4,

    /// <summary>The method takes a CancellationToken.</summary>
    Cancellable = 8,
}
