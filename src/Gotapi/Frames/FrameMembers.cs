using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Dwapi.Gotapi.Frames;

/// <summary>Reads the members of one object against their limits and keeps the first fault.</summary>
internal sealed class FrameMembers(JsonElement root)
{
    public FrameRefusal Refusal { get; private set; }

    public string Required(string name, int longest) => Text(name, longest, required: true) ?? "";

    public string Optional(string name, int longest) => Text(name, longest, required: false) ?? "";

    public string? Nullable(string name, int longest) => Text(name, longest, required: false);

    public long Number(string name, long least, long most, long? missing = null)
    {
        if (!TryFind(name, out var value))
        {
            if (missing is null)
                Refuse(FrameProblem.MissingMember, name);
            return missing ?? 0;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number) || number < least || number > most)
        {
            Refuse(FrameProblem.InvalidMember, name);
            return 0;
        }

        return number;
    }

    public long? NullableNumber(string name, long least, long most) => TryFind(name, out _) ? Number(name, least, most) : null;

    public bool Flag(string name, bool missing)
    {
        if (!TryFind(name, out var value))
            return missing;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Refuse(FrameProblem.InvalidMember, name);
        return value.ValueKind == JsonValueKind.True;
    }

    public ImmutableArray<string> Texts(string name, int most, int longest) => List(name, most, element =>
    {
        var text = element.ValueKind == JsonValueKind.String ? element.GetString()! : null;
        if (text is null || text.Length > longest)
            Refuse(FrameProblem.InvalidMember, name);
        return text ?? "";
    });

    public ImmutableArray<T> List<T>(string name, int most, Func<JsonElement, T> read)
    {
        if (!TryFind(name, out var value))
            return [];
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > most)
        {
            Refuse(FrameProblem.InvalidMember, name);
            return [];
        }

        var list = ImmutableArray.CreateBuilder<T>(value.GetArrayLength());
        foreach (var element in value.EnumerateArray())
            list.Add(read(element));
        return list.MoveToImmutable();
    }

    /// <summary>The bytes of an object member, copied.</summary>
    public ReadOnlyMemory<byte> Slice(string name, int most)
    {
        if (!TryFind(name, out var value))
            return default;
        var bytes = JsonMarshal.GetRawUtf8Value(value);
        if (value.ValueKind != JsonValueKind.Object || bytes.Length > most)
        {
            Refuse(FrameProblem.InvalidMember, name);
            return default;
        }

        return bytes.ToArray();
    }

    public bool Has(string name) => TryFind(name, out _);

    public bool TryFind(string name, out JsonElement value) =>
        root.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    public void Take(FrameMembers inner)
    {
        if (!Refusal.IsRefused)
            Refusal = inner.Refusal;
    }

    public void Refuse(FrameProblem problem, string member)
    {
        if (!Refusal.IsRefused)
            Refusal = new FrameRefusal(problem, member);
    }

    private string? Text(string name, int longest, bool required)
    {
        if (!TryFind(name, out var value))
        {
            if (required)
                Refuse(FrameProblem.MissingMember, name);
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (text is null || text.Length > longest || (required && text.Length == 0))
        {
            Refuse(FrameProblem.InvalidMember, name);
            return null;
        }

        return text;
    }
}
