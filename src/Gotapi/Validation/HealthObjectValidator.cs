using System.Text.Json;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Health;

namespace Dwapi.Gotapi.Validation;

/// <summary>
/// The door for health objects: checks a slice against the table of health attributes, without allocating if it is good. What a
/// foreign plug-in spells otherwise (mdrFloat, timestampString, numeric codes, lower-case hex) is rewritten here, once; everything
/// behind the door relies on it.
/// </summary>
public static class HealthObjectValidator
{
    /// <summary>Checks a quantities slice.</summary>
    /// <param name="attribute">Whose quantities.</param>
    /// <param name="quantities">The slice.</param>
    /// <param name="intermediate">True for a value while measuring, which may have its own quantity in place of the mandatory ones.</param>
    public static HealthValidation Validate(HealthAttribute attribute, ReadOnlyMemory<byte> quantities, bool intermediate = false)
    {
        var result = Check(attribute, quantities, intermediate, out var needsRewriting);
        if (result.Refusal.IsRefused || !needsRewriting)
            return result;

        var rewritten = QuantitiesRewriter.Rewrite(attribute, quantities);
        return Check(attribute, rewritten, intermediate, out _) with { Rewritten = true };
    }

    private static HealthValidation Check(HealthAttribute attribute, ReadOnlyMemory<byte> quantities, bool intermediate, out bool needsRewriting)
    {
        needsRewriting = false;
        try
        {
            return Check(attribute, quantities, quantities.Span, intermediate, ref needsRewriting);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return Refused(HealthFault.NotJson);
        }
    }

    private static HealthValidation Check(
        HealthAttribute attribute, ReadOnlyMemory<byte> memory, ReadOnlySpan<byte> slice, bool intermediate, ref bool needsRewriting)
    {
        if (!SliceReader.TryBegin(slice, LinkLimits.MaxQuantitiesBytes, out var json, out var fault))
            return Refused(fault);

        Span<Range> names = stackalloc Range[LinkLimits.MaxMembers];
        var members = new MemberNames(names);
        var (found, complete) = (0, false);
        var (measuredAt, byPlugIn, dated) = (0L, false, false);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            fault = members.Add(in json, slice);
            // The splice puts the device object beside these members.
            if (fault == HealthFault.None && json.ValueTextEquals("device"u8))
                fault = HealthFault.ReservedMember;
            if (fault != HealthFault.None)
                return Refused(fault);

            var index = attribute.IndexOfPart(json.ValueSpan);
            json.Read();
            if (index < 0)
            {
                fault = SliceReader.Skip(ref json, slice);
                if (fault != HealthFault.None)
                    return Refused(fault);
                continue;
            }

            var part = attribute.Parts[index];
            var quantity = default(QuantityCheck);
            fault = quantity.Read(ref json, slice);
            if (fault != HealthFault.None)
                return Refused(fault, part.Name, quantity.Member);

            found |= 1 << index;
            needsRewriting |= quantity.NeedsRewriting;
            var standsIn = intermediate && part.Intermediate;
            complete |= standsIn;
            if (!dated && (part.Mandatory || standsIn))
                (measuredAt, byPlugIn, dated) = (quantity.MeasuredAt, quantity.ByPlugIn, true);
        }

        json.Read();
        for (var index = 0; index < attribute.Parts.Length && !complete; index++)
        {
            if (attribute.Parts[index].Mandatory && (found & (1 << index)) == 0)
                return Refused(HealthFault.MissingMember, attribute.Parts[index].Name);
        }

        return new HealthValidation { Quantities = memory, MeasuredAt = measuredAt, TimeStampByPlugIn = byPlugIn };
    }

    private static HealthValidation Refused(HealthFault fault, string? part = null, string? member = null) =>
        new() { Refusal = new HealthRefusal(fault, part, member) };
}
