using System.Text.Json;
using Dwapi.Gotapi.Health;

namespace Dwapi.Gotapi.Frames;

/// <summary>
/// Reads the items of an EVENTS frame one after the other, without copying: the slices of an item are parts of the frame's bytes. A
/// fault inside an item refuses that item (<see cref="EventItem.Refusal"/>); a fault of the frame ends it
/// (<see cref="Refusal"/>).
/// </summary>
public ref struct EventItemReader
{
    private readonly ReadOnlyMemory<byte> _items;
    private readonly Utf8StringCache _strings;
    private Utf8JsonReader _json;
    private int _count;

    /// <summary>Begins to read.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="strings">The link's cache.</param>
    public EventItemReader(EventsFrame frame, Utf8StringCache strings)
    {
        _items = frame.Items;
        _strings = strings;
        _json = new Utf8JsonReader(_items.Span, new JsonReaderOptions { MaxDepth = LinkLimits.MaxDepth });
        _json.Read();
    }

    /// <summary>The present item.</summary>
    public EventItem Current { get; private set; }

    /// <summary>Why the frame ended before its time; the items before stay good.</summary>
    public FrameRefusal Refusal { get; private set; }

    /// <summary>Reads the next item.</summary>
    /// <returns>False at the end or at a fault of the frame.</returns>
    public bool MoveNext()
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.EndArray)
            return false;
        if (++_count > LinkLimits.MaxItems)
            return Fail(FrameProblem.TooLarge, "items");
        if (_json.TokenType != JsonTokenType.StartObject)
            return Fail(FrameProblem.InvalidMember, "items");

        var item = default(EventItem);
        var seen = Seen.None;
        FrameRefusal refusal = default;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var (member, name) = Name();
            _json.Read();
            if (member != Seen.None && (seen & member) != 0)
                return Fail(FrameProblem.NotJson, name);
            seen |= member;
            if (!Value(member, ref item) && !refusal.IsRefused)
                refusal = new FrameRefusal(FrameProblem.InvalidMember, name);
            _json.Skip();
        }

        // Without its sequence an item cannot even be refused by name.
        if (item.Sequence <= 0)
            return Fail(FrameProblem.MissingMember, "sequence");
        if (!refusal.IsRefused)
            refusal = Missing(seen);
        Current = item with { Refusal = refusal };
        return true;
    }

    /// <summary>Recognises an EVENTS frame whose method comes first, and finds its items; everything else is left to the other reader.</summary>
    internal static bool TryFrame(ReadOnlyMemory<byte> utf8, out EventsFrame? frame, out FrameRefusal refusal)
    {
        frame = null;
        refusal = default;
        var json = new Utf8JsonReader(utf8.Span, new JsonReaderOptions { MaxDepth = LinkLimits.MaxDepth });
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject || !json.Read()
                || json.TokenType != JsonTokenType.PropertyName || !json.ValueTextEquals("method"u8)
                || !json.Read() || json.TokenType != JsonTokenType.String || !json.ValueTextEquals("EVENTS"u8))
            {
                return false;
            }

            if (utf8.Length > LinkLimits.MaxItemsBytes)
            {
                refusal = new FrameRefusal(FrameProblem.TooLarge);
                return true;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var items = json.ValueTextEquals("items"u8);
                json.Read();
                var start = (int)json.TokenStartIndex;
                if (items && (frame is not null || json.TokenType != JsonTokenType.StartArray))
                {
                    refusal = new FrameRefusal(FrameProblem.InvalidMember, "items");
                    return true;
                }

                json.Skip();
                if (items)
                    frame = new EventsFrame(utf8[start..(int)json.BytesConsumed]);
            }

            // Reading to the very end makes sure that nothing follows the object.
            while (json.Read())
            {
            }

            if (frame is null)
                refusal = new FrameRefusal(FrameProblem.MissingMember, "items");
        }
        catch (JsonException)
        {
            refusal = new FrameRefusal(FrameProblem.NotJson);
        }

        return true;
    }

    private readonly (Seen Member, string Name) Name()
    {
        if (_json.ValueIsEscaped)
            return (Seen.None, "");
        return _json.ValueSpan switch
        {
            var name when name.SequenceEqual("sequence"u8) => (Seen.Sequence, "sequence"),
            var name when name.SequenceEqual("serviceId"u8) => (Seen.ServiceId, "serviceId"),
            var name when name.SequenceEqual("profile"u8) => (Seen.Profile, "profile"),
            var name when name.SequenceEqual("attribute"u8) => (Seen.Attribute, "attribute"),
            var name when name.SequenceEqual("receivedAt"u8) => (Seen.ReceivedAt, "receivedAt"),
            var name when name.SequenceEqual("stamped"u8) => (Seen.Stamped, "stamped"),
            var name when name.SequenceEqual("identity"u8) => (Seen.Identity, "identity"),
            var name when name.SequenceEqual("batteryLevel"u8) => (Seen.BatteryLevel, "batteryLevel"),
            var name when name.SequenceEqual("quantities"u8) => (Seen.Quantities, "quantities"),
            var name when name.SequenceEqual("continuous"u8) => (Seen.Continuous, "continuous"),
            _ => (Seen.None, ""),
        };
    }

    private bool Value(Seen member, ref EventItem item)
    {
        switch (member)
        {
            case Seen.Sequence:
                if (_json.TokenType != JsonTokenType.Number || !_json.TryGetInt64(out var sequence) || sequence <= 0)
                    return false;
                item = item with { Sequence = sequence };
                return true;
            case Seen.ServiceId:
                if (!TryText(out var serviceId) || !ServiceIdRule.IsValid(serviceId))
                    return false;
                item = item with { ServiceId = serviceId };
                return true;
            case Seen.Profile:
                if (!TryText(out var profile))
                    return false;
                item = item with { Profile = profile };
                return true;
            case Seen.Attribute:
                if (!TryText(out var attribute))
                    return false;
                item = item with { Attribute = attribute };
                return true;
            case Seen.ReceivedAt:
                if (_json.TokenType != JsonTokenType.Number || !_json.TryGetInt64(out var receivedAt) || receivedAt is < 0 or > 253402300799999)
                    return false;
                item = item with { ReceivedAt = receivedAt };
                return true;
            case Seen.Stamped:
                if (!TryFlag(out var stamped))
                    return false;
                item = item with { Stamped = stamped };
                return true;
            case Seen.Continuous:
                if (!TryFlag(out var continuous))
                    return false;
                item = item with { Continuous = continuous };
                return true;
            case Seen.Identity:
                if (_json.TokenType != JsonTokenType.String || !MeasurementIdentity.TryParse(_json.ValueSpan, out var identity))
                    return false;
                item = item with { Identity = identity };
                return true;
            case Seen.BatteryLevel:
                if (!BatteryLevelRule.IsValid(_json))
                    return false;
                item = item with { BatteryLevel = _items.Slice((int)_json.TokenStartIndex, _json.ValueSpan.Length) };
                return true;
            case Seen.Quantities:
                if (_json.TokenType != JsonTokenType.StartObject)
                    return false;
                var start = (int)_json.TokenStartIndex;
                _json.Skip();
                var length = (int)_json.BytesConsumed - start;
                if (length > LinkLimits.MaxQuantitiesBytes)
                    return false;
                item = item with { Quantities = _items.Slice(start, length) };
                return true;
            default:
                return true;
        }
    }

    private readonly bool TryFlag(out bool flag)
    {
        flag = _json.TokenType == JsonTokenType.True;
        return flag || _json.TokenType == JsonTokenType.False;
    }

    private readonly bool TryText(out string text)
    {
        text = "";
        if (_json.TokenType != JsonTokenType.String || _json.ValueIsEscaped || _json.ValueSpan.Length is 0 or > LinkLimits.MaxIdLength)
            return false;
        text = _strings.Get(_json.ValueSpan);
        return true;
    }

    private bool Fail(FrameProblem problem, string member)
    {
        Refusal = new FrameRefusal(problem, member);
        return false;
    }

    private static FrameRefusal Missing(Seen seen)
    {
        var missing = Seen.Mandatory & ~seen;
        if (missing == Seen.None)
            return default;
        var name = (missing & Seen.ServiceId) != 0 ? "serviceId"
            : (missing & Seen.Profile) != 0 ? "profile"
            : (missing & Seen.Attribute) != 0 ? "attribute"
            : (missing & Seen.ReceivedAt) != 0 ? "receivedAt"
            : (missing & Seen.BatteryLevel) != 0 ? "batteryLevel" : "quantities";
        return new FrameRefusal(FrameProblem.MissingMember, name);
    }

    [Flags]
    private enum Seen
    {
        None = 0,
        Sequence = 1,
        ServiceId = 2,
        Profile = 4,
        Attribute = 8,
        ReceivedAt = 16,
        Stamped = 32,
        Identity = 64,
        BatteryLevel = 128,
        Quantities = 256,
        Continuous = 512,
        Mandatory = ServiceId | Profile | Attribute | ReceivedAt | BatteryLevel | Quantities,
    }
}
