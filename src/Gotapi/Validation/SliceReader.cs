using System.Text.Json;
using System.Text.Unicode;
using Dwapi.Gotapi.Frames;

namespace Dwapi.Gotapi.Validation;

/// <summary>The checks that hold for every object inside a slice, without allocating: size, Unicode, depth, no member twice.</summary>
internal static class SliceReader
{
    public static bool TryBegin(ReadOnlySpan<byte> slice, int most, out Utf8JsonReader json, out HealthFault fault)
    {
        json = default;
        fault = slice.Length > most ? HealthFault.TooLarge : !Utf8.IsValid(slice) || !EscapedText.IsUnicode(slice) ? HealthFault.NotJson : HealthFault.None;
        if (fault != HealthFault.None)
            return false;

        json = new Utf8JsonReader(slice, new JsonReaderOptions { MaxDepth = LinkLimits.MaxSliceDepth });
        if (json.Read() && json.TokenType == JsonTokenType.StartObject)
            return true;
        fault = HealthFault.NotJson;
        return false;
    }

    /// <summary>Reads over the value that the reader stands on, whatever it is.</summary>
    public static HealthFault Skip(ref Utf8JsonReader json, ReadOnlySpan<byte> slice)
    {
        if (json.TokenType == JsonTokenType.StartArray)
        {
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                var fault = Skip(ref json, slice);
                if (fault != HealthFault.None)
                    return fault;
            }

            return HealthFault.None;
        }

        if (json.TokenType != JsonTokenType.StartObject)
            return HealthFault.None;

        Span<Range> names = stackalloc Range[LinkLimits.MaxMembers];
        var seen = new MemberNames(names);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var fault = seen.Add(in json, slice);
            if (fault != HealthFault.None)
                return fault;
            json.Read();
            fault = Skip(ref json, slice);
            if (fault != HealthFault.None)
                return fault;
        }

        return HealthFault.None;
    }
}
