using System.Numerics;
using System.Text.Json;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Quantities;
using Dwapi.Gotapi.Time;

namespace Dwapi.Gotapi.Validation;

/// <summary>Checks one quantity object in one pass over its bytes.</summary>
internal ref struct QuantityCheck
{
    private QuantityMembers _seen;
    private WideDecimal _value;
    private DecimalNumber _held;
    private TimeStamp _text;

    /// <summary>Time of measurement, Unix milliseconds.</summary>
    public long MeasuredAt { get; private set; }

    /// <summary>True if the plug-in dated it.</summary>
    public bool ByPlugIn { get; private set; }

    /// <summary>True if a member is spelled otherwise and has to be rewritten.</summary>
    public bool NeedsRewriting { get; private set; }

    /// <summary>The member at fault.</summary>
    public string? Member { get; private set; }

    /// <summary>Reads the object that the reader stands on.</summary>
    public HealthFault Read(ref Utf8JsonReader json, ReadOnlySpan<byte> slice)
    {
        if (json.TokenType != JsonTokenType.StartObject)
            return HealthFault.InvalidMember;

        Span<Range> names = stackalloc Range[LinkLimits.MaxMembers];
        var others = new MemberNames(names);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            // An escaped name is refused with the other names.
            var spelledOtherwise = false;
            var member = json.ValueIsEscaped ? QuantityMembers.None : QuantityMember.Find(json.ValueSpan, out spelledOtherwise);
            NeedsRewriting |= spelledOtherwise;
            var fault = member == QuantityMembers.None ? others.Add(in json, slice)
                : (_seen & member) != 0 ? HealthFault.DuplicateMember : HealthFault.None;
            if (fault != HealthFault.None)
                return fault;

            _seen |= member;
            json.Read();
            fault = member == QuantityMembers.None ? SliceReader.Skip(ref json, slice) : Value(member, ref json);
            if (fault != HealthFault.None)
            {
                Member = member == QuantityMembers.None ? null : QuantityMember.Of(member);
                return fault;
            }
        }

        return Whole();
    }

    private HealthFault Value(QuantityMembers member, ref Utf8JsonReader json)
    {
        var good = member switch
        {
            QuantityMembers.Value => json.TokenType == JsonTokenType.Number && WideDecimal.TryParse(json.ValueSpan, out _value),
            QuantityMembers.Type or QuantityMembers.Unit => json.TokenType == JsonTokenType.String && json.ValueSpan.Length <= LinkLimits.MaxTextBytes,
            QuantityMembers.TypeCode or QuantityMembers.UnitCode => Code(ref json),
            QuantityMembers.TimeStamp => TimeStampNumber(ref json),
            QuantityMembers.TimeStampString => TimeStampText(ref json),
            QuantityMembers.TimeStampByPlugIn => json.TokenType is JsonTokenType.True or JsonTokenType.False,
            _ => true,
        };
        if (member == QuantityMembers.TimeStampByPlugIn)
            ByPlugIn = json.TokenType == JsonTokenType.True;
        return member == QuantityMembers.MderFloat ? Mder(ref json) : good ? HealthFault.None : HealthFault.InvalidMember;
    }

    private HealthFault Mder(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String || !MderFloat.TryParse(json.ValueSpan, out var mder))
            return HealthFault.InvalidMember;
        if (json.ValueSpan.IndexOfAnyInRange((byte)'a', (byte)'f') >= 0)
            NeedsRewriting = true;
        return mder.TryGetNumber(out _held, out _) ? HealthFault.None : HealthFault.NoValue;
    }

    private bool Code(ref Utf8JsonReader json)
    {
        const int longest = 10;
        // Another implementation sends numbers here; the texts want strings.
        NeedsRewriting |= json.TokenType == JsonTokenType.Number;
        return json.TokenType is JsonTokenType.String or JsonTokenType.Number
            && json.ValueSpan.Length <= longest && !json.ValueSpan.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private bool TimeStampNumber(ref Utf8JsonReader json)
    {
        var good = json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var unix) && unix is >= -62135596800000 and <= 253402300799999;
        if (good)
            MeasuredAt = json.GetInt64();
        return good;
    }

    private bool TimeStampText(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String)
            return false;
        if (!json.ValueIsEscaped)
            return TimeStamp.TryParse(json.ValueSpan, out _text);

        // A JSON library that escapes the + of the offset.
        NeedsRewriting = true;
        Span<byte> plain = stackalloc byte[64];
        return json.ValueSpan.Length <= plain.Length && TimeStamp.TryParse(plain[..json.CopyString(plain)], out _text);
    }

    private HealthFault Whole()
    {
        var missing = QuantityMembers.Mandatory & ~_seen;
        if (missing != QuantityMembers.None)
        {
            Member = QuantityMember.Of((QuantityMembers)(1 << BitOperations.TrailingZeroCount((int)missing)));
            return HealthFault.MissingMember;
        }

        if (!SameNumber())
            return HealthFault.MderFloatDiffers;

        var difference = Math.Abs(_text.UnixMilliseconds - MeasuredAt);
        if (difference >= 1000)
            return HealthFault.TimeStampDiffers;

        // The examples of the texts cut the milliseconds off the string: the number is the finer one.
        NeedsRewriting |= difference != 0 || (_seen & QuantityMembers.TimeStampByPlugIn) == 0;
        return HealthFault.None;
    }

    private readonly bool SameNumber()
    {
        if (WideDecimal.NumericallyEqual(_value, new WideDecimal(_held.Mantissa, _held.Exponent)))
            return true;

        // Only a number with more digits than a FLOAT holds may differ, and then only by the rounding.
        return Math.Abs(_value.Mantissa) > MderFloat.MaxMantissa
            && _value.ToMderFloat().TryGetNumber(out var rounded, out _) && rounded.NumericallyEquals(_held);
    }
}
