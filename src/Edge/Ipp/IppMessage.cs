using System.Collections.Immutable;

namespace Dwapi.Edge.Ipp;

/// <summary>A request or an answer without its document data (RFC 8010 3.1).</summary>
/// <param name="Code">operation-id of a request, status-code of an answer.</param>
/// <param name="RequestId">The same number in both.</param>
/// <param name="Groups">The attributes.</param>
internal sealed record IppMessage(ushort Code, int RequestId, ImmutableArray<IppGroup> Groups)
{
    /// <summary>Major and minor version; 2.0 is what IPP 3D asks for.</summary>
    public ushort Version { get; init; } = 0x0200;

    /// <summary>The attributes of the first group of a tag; none if there is none.</summary>
    public IppAttributes Group(IppTag tag) => All(tag).FirstOrDefault(IppAttributes.None);

    /// <summary>The attributes of every group of a tag.</summary>
    public IEnumerable<IppAttributes> All(IppTag tag) => Groups.Where(group => group.Tag == tag).Select(group => group.Attributes);

    public bool Equals(IppMessage? other) => other is not null
        && (Version, Code, RequestId) == (other.Version, other.Code, other.RequestId) && Groups.SequenceEqual(other.Groups);

    public override int GetHashCode() => HashCode.Combine(Code, RequestId, Groups.Length);

    /// <summary>Without its attributes: they may be secret.</summary>
    public override string ToString() => $"0x{Code:x4} {RequestId}";
}
