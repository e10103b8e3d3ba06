using System.Text.Json;

namespace Dwapi.Gotapi.Validation;

/// <summary>The member names of one object so far, as places in the slice.</summary>
internal ref struct MemberNames(Span<Range> names)
{
    private readonly Span<Range> _names = names;
    private int _count;

    /// <summary>Takes the name that the reader stands on.</summary>
    public HealthFault Add(scoped in Utf8JsonReader json, scoped ReadOnlySpan<byte> slice)
    {
        // Two spellings of one name would pass as two names.
        if (json.ValueIsEscaped)
            return HealthFault.ReservedMember;
        if (_count == _names.Length)
            return HealthFault.TooLarge;

        foreach (var other in _names[.._count])
        {
            if (slice[other].SequenceEqual(json.ValueSpan))
                return HealthFault.DuplicateMember;
        }

        var start = (int)json.TokenStartIndex + 1;
        _names[_count++] = start..(start + json.ValueSpan.Length);
        return HealthFault.None;
    }
}
