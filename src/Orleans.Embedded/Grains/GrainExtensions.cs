using Orleans.Runtime;

namespace Orleans;

/// <summary>Keys and references of grains.</summary>
public static class GrainExtensions
{
    /// <summary>A reference to this grain with the interface <typeparamref name="TGrainInterface"/>.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) =>
        (TGrainInterface)ReferenceOf(grain).Target.Runtime.Cast(ReferenceOf(grain), typeof(TGrainInterface));

    /// <inheritdoc cref="AsReference{TGrainInterface}(IAddressable)" />
    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();

    /// <summary>A reference to this grain with the interface <paramref name="interfaceType"/>.</summary>
    public static object AsReference(this IAddressable grain, Type interfaceType) =>
        ReferenceOf(grain).Target.Runtime.Cast(ReferenceOf(grain), interfaceType);

    /// <inheritdoc cref="AsReference(IAddressable, Type)" />
    public static object Cast(this IAddressable grain, Type interfaceType) => grain.AsReference(interfaceType);

    /// <summary>The identity of a grain or of what a reference refers to.</summary>
    /// <exception cref="ArgumentException">It is neither a grain nor a reference.</exception>
    public static GrainId GetGrainId(this IAddressable grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain switch
        {
            GrainReference reference => reference.GrainId,
            IGrainBase instance => instance.GrainContext.GrainId,
            _ => throw NotAddressable(grain),
        };
    }

    /// <summary>Whether the key was made of a number.</summary>
    public static bool IsPrimaryKeyBasedOnLong(this IAddressable grain) => grain.GetGrainId().TryGetIntegerKey(out _, out _);

    /// <summary>The key as a number.</summary>
    public static long GetPrimaryKeyLong(this IAddressable grain) => grain.GetPrimaryKeyLong(out _);

    /// <summary>The key as a number, and its extension.</summary>
    public static long GetPrimaryKeyLong(this IAddressable grain, out string? keyExt) =>
        grain.GetGrainId().TryGetIntegerKey(out var key, out keyExt)
            ? key
            : throw new InvalidOperationException($"The key of {grain.GetGrainId()} is no integer.");

    /// <summary>The key as a GUID.</summary>
    public static Guid GetPrimaryKey(this IAddressable grain) => grain.GetPrimaryKey(out _);

    /// <summary>The key as a GUID, and its extension.</summary>
    public static Guid GetPrimaryKey(this IAddressable grain, out string? keyExt) =>
        grain.GetGrainId().TryGetGuidKey(out var key, out keyExt)
            ? key
            : throw new InvalidOperationException($"The key of {grain.GetGrainId()} is no GUID.");

    /// <summary>The key as a text.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    private static GrainReference ReferenceOf(IAddressable grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain switch
        {
            GrainReference reference => reference,
            IGrainBase instance => instance.GrainContext.GrainReference,
            _ => throw NotAddressable(grain),
        };
    }

    private static ArgumentException NotAddressable(IAddressable grain) =>
        new($"{grain.GetType().FullName} is neither a grain nor a reference.", nameof(grain));
}
