using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dwapi.Edge.Printers.Moonraker;

/// <summary>
/// What is known of Klipper's objects: the fields that are read, merged from what came so far (printing-3dp 4.2). Hundreds of printers push four
/// times a second each, so a push is read in place and nothing of it is kept but the values.
/// </summary>
internal sealed class MoonrakerObjects
{
    private readonly List<KlipperObject> _known = [];

    /// <summary>Names of the objects, in the order in which they came.</summary>
    public IEnumerable<string> Names => _known.Select(known => known.Name);

    /// <summary>A text field.</summary>
    public string Text(string name, string field, string otherwise = "") => Find(name)?[field].Text ?? otherwise;

    /// <summary>A finite number.</summary>
    public double? Number(string name, string field) => Find(name)?[field].Number;

    /// <summary>A truth value.</summary>
    public bool? Flag(string name, string field) => Find(name)?[field].Flag;

    /// <summary>Puts a text over what was known.</summary>
    public void Set(string name, string field, string text) => Merge(new JsonObject { [name] = new JsonObject { [field] = text } });

    /// <summary>Puts what changed over what was known.</summary>
    /// <param name="changes">Objects with their changed fields.</param>
    public void Merge(JsonObject changes)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(changes.ToJsonString()));
        reader.Read();
        Merge(ref reader);
    }

    /// <summary>The same out of a message, if it is one that tells of changes.</summary>
    /// <param name="message">One message of Moonraker.</param>
    /// <returns>False for any other message, which is still to be read.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public bool TryTakeUpdate(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return false;
        var isUpdate = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("method"u8))
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.String || !reader.ValueTextEquals("notify_status_update"u8))
                    return false;
                isUpdate = true;
            }
            else if (reader.ValueTextEquals("params"u8))
            {
                // Which Moonraker says after the method.
                return isUpdate && reader.Read() && reader.TokenType == JsonTokenType.StartArray
                    && reader.Read() && reader.TokenType == JsonTokenType.StartObject && MergeAndEnd(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return false;
    }

    private bool MergeAndEnd(ref Utf8JsonReader reader)
    {
        Merge(ref reader);
        while (reader.Read())
        {
            // The time of the event; and what is cut off is found out.
        }

        return true;
    }

    private void Merge(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var known = FindOrAdd(ref reader);
            reader.Read();
            if (known is null || reader.TokenType != JsonTokenType.StartObject)
                reader.Skip();
            else
                known.Merge(ref reader);
        }
    }

    private KlipperObject? Find(string name)
    {
        foreach (var known in _known)
        {
            if (known.Name == name)
                return known;
        }

        return null;
    }

    // Null for one of which nothing is read.
    private KlipperObject? FindOrAdd(ref Utf8JsonReader reader)
    {
        foreach (var known in _known)
        {
            if (reader.ValueTextEquals(known.Name))
                return known;
        }

        var name = reader.GetString()!;
        if (MoonrakerStatus.FieldsOf(name) is not { Length: > 0 } fields)
            return null;
        var added = new KlipperObject(name, fields);
        _known.Add(added);
        return added;
    }

    private readonly record struct Value(string? Text, double? Number, bool? Flag);

    /// <summary>One object with the fields of it that are read.</summary>
    private sealed class KlipperObject(string name, string[] fields)
    {
        private readonly Value[] _values = new Value[fields.Length];

        public string Name { get; } = name;

        public Value this[string field] => Array.IndexOf(fields, field) is >= 0 and var at ? _values[at] : default;

        public void Merge(ref Utf8JsonReader reader)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var at = IndexOf(ref reader);
                reader.Read();
                if (at < 0)
                    reader.Skip();
                else
                    _values[at] = Read(ref reader);
            }
        }

        private int IndexOf(ref Utf8JsonReader reader)
        {
            for (var i = 0; i < fields.Length; i++)
            {
                if (reader.ValueTextEquals(fields[i]))
                    return i;
            }

            return -1;
        }

        // Of another type than wanted counts as absent: the reading asks for one of the three.
        private static Value Read(ref Utf8JsonReader reader)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.String:
                    return new Value(reader.GetString(), null, null);
                case JsonTokenType.Number:
                    return new Value(null, reader.TryGetDouble(out var number) && double.IsFinite(number) ? number : null, null);
                case JsonTokenType.True or JsonTokenType.False:
                    return new Value(null, null, reader.GetBoolean());
                default:
                    reader.Skip();
                    return default;
            }
        }
    }
}
