using Dwapi.Actors.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>A reference to a grain or observer; references to the same one are equal.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>
{
    private readonly ReferenceTarget _target;
    private readonly IdSpan _key;

    private protected GrainReference(ReferenceTarget target, IdSpan key)
    {
        _target = target;
        _key = key;
    }

    /// <summary>The identity of what is referred to.</summary>
    public GrainId GrainId => GrainId.Create(_target.GrainType, _key);

    /// <summary>The interface of this reference; default if it has none.</summary>
    public GrainInterfaceType InterfaceType => _target.InterfaceType;

    /// <summary>The name of the interface of this reference.</summary>
    public virtual string InterfaceName => InterfaceType.ToString();

    internal ReferenceTarget Target => _target;

    internal IdSpan Key => _key;

    /// <summary>Equality of what is referred to, whatever the interface.</summary>
    public static bool operator ==(GrainReference? reference1, GrainReference? reference2) =>
        reference1 is null ? reference2 is null : reference1.Equals(reference2);

    /// <summary>Inequality of what is referred to.</summary>
    public static bool operator !=(GrainReference? reference1, GrainReference? reference2) => !(reference1 == reference2);

    /// <summary>A reference to the same thing with another interface.</summary>
    public virtual TGrainInterface Cast<TGrainInterface>()
        where TGrainInterface : IAddressable => (TGrainInterface)_target.Runtime.Cast(this, typeof(TGrainInterface));

    /// <inheritdoc />
    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    /// <inheritdoc />
    public override int GetHashCode() => GrainId.GetHashCode();

    /// <inheritdoc />
    public sealed override string ToString() => $"GrainReference:{GrainId}:{InterfaceType}";
}
