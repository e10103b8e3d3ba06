using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;
using Dwapi.Gotapi.Health;

namespace Dwapi.Gotapi.Frames;

/// <summary>Reads frames. What comes out holds only values inside <see cref="LinkLimits"/>.</summary>
public static class LinkFrameReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = LinkLimits.MaxDepth, AllowDuplicateProperties = false };

    private static readonly FrozenMembers EventMembers = new(
        "method", "requestCode", "result", "serviceId", "serviceID", "profile", "interface", "attribute", "accessToken", "sequence", "intermediate", "continuous");

    private static readonly FrozenMembers ResponseMembers = new(
        "method", "requestCode", "result", "errorCode", "errorMessage", "clientId", "accessToken", "services");

    /// <summary>Reads one frame.</summary>
    /// <param name="utf8">The whole text message. An <see cref="EventsFrame"/> keeps referring to it.</param>
    /// <param name="frame">The frame, null if it is refused.</param>
    /// <param name="refusal">Why it is refused.</param>
    public static bool TryRead(ReadOnlyMemory<byte> utf8, out LinkFrame? frame, out FrameRefusal refusal)
    {
        frame = null;
        if (utf8.Length > LinkLimits.MaxFrameBytes)
        {
            refusal = new FrameRefusal(FrameProblem.TooLarge);
            return false;
        }

        if (!Utf8.IsValid(utf8.Span))
        {
            refusal = new FrameRefusal(FrameProblem.NotJson);
            return false;
        }

        if (EventItemReader.TryFrame(utf8, out var events, out refusal))
        {
            frame = refusal.IsRefused ? null : events;
            return frame is not null;
        }

        try
        {
            using var document = JsonDocument.Parse(utf8, Options);
            frame = Read(document.RootElement, out refusal);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a \u escape that is half a surrogate pair.
            refusal = new FrameRefusal(FrameProblem.NotJson);
        }

        if (refusal.IsRefused)
            frame = null;
        return frame is not null;
    }

    private static LinkFrame? Read(JsonElement root, out FrameRefusal refusal)
    {
        refusal = default;
        if (root.ValueKind != JsonValueKind.Object)
        {
            refusal = new FrameRefusal(FrameProblem.NotJson);
            return null;
        }

        var members = new FrameMembers(root);
        LinkFrame? frame = members.Optional("method", 16) switch
        {
            FrameMethod.Hello => Hello(members),
            FrameMethod.Welcome => Welcome(members),
            FrameMethod.Services => Services(members),
            FrameMethod.Event => Event(root, members),
            FrameMethod.Response => Response(root, members),
            FrameMethod.Ping => new PingFrame(
                members.Number("acknowledged", 0, long.MaxValue, 0), members.Number("lost", 0, long.MaxValue, 0), members.Number("dropped", 0, long.MaxValue, 0)),
            FrameMethod.Pong => new PongFrame(members.Number("position", 0, long.MaxValue, 0)),
            FrameMethod.Ack => Ack(members),
            FrameMethod.Error => new ErrorFrame(
                (int)members.Number("errorCode", short.MinValue, short.MaxValue), members.Optional("errorMessage", LinkLimits.MaxValueLength)),
            FrameMethod.Get => Request(RequestMethod.Get, members),
            FrameMethod.Put => Request(RequestMethod.Put, members),
            FrameMethod.Post => Request(RequestMethod.Post, members),
            FrameMethod.Delete => Request(RequestMethod.Delete, members),
            _ => null,
        };
        refusal = frame is null ? new FrameRefusal(FrameProblem.UnknownMethod, "method") : members.Refusal;
        return frame;
    }

    private static HelloFrame Hello(FrameMembers members)
    {
        var approval = members.Optional("approval", 16);
        if (approval is not ("" or "automatic" or "ask"))
            members.Refuse(FrameProblem.InvalidMember, "approval");

        return new HelloFrame
        {
            EdgeId = members.Required("edgeId", LinkLimits.MaxIdLength),
            Key = members.Required("key", LinkLimits.MaxTokenLength),
            Epoch = members.Required("epoch", LinkLimits.MaxIdLength),
            Acknowledged = members.Number("acknowledged", 0, long.MaxValue, 0),
            Name = members.Optional("name", LinkLimits.MaxNameLength),
            Product = members.Optional("product", LinkLimits.MaxNameLength),
            Version = members.Optional("version", LinkLimits.MaxNameLength),
            // A plug-in that does not say how it approves is one written to the texts: it is asked.
            Approval = approval == "automatic" ? PlugInApproval.Automatic : PlugInApproval.Ask,
        };
    }

    private static WelcomeFrame Welcome(FrameMembers members) => new()
    {
        Product = members.Required("product", LinkLimits.MaxNameLength),
        Version = members.Required("version", LinkLimits.MaxNameLength),
        Receiver = members.Required("receiver", LinkLimits.MaxNameLength),
        Credit = (int)members.Number("credit", 0, int.MaxValue),
        Position = members.Number("position", 0, long.MaxValue),
        PingInterval = (int)members.Number("pingInterval", 1, 3600),
    };

    private static ServicesFrame Services(FrameMembers members) => new()
    {
        Services = Announcements(members),
        Removed = members.Texts("removed", LinkLimits.MaxServices, LinkLimits.MaxIdLength),
        Complete = members.Flag("complete", false),
    };

    private static ImmutableArray<ServiceAnnouncement> Announcements(FrameMembers members) =>
        members.List("services", LinkLimits.MaxServices, element => Announcement(element, members));

    private static ServiceAnnouncement Announcement(JsonElement element, FrameMembers frame)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            frame.Refuse(FrameProblem.InvalidMember, "services");
            return new ServiceAnnouncement { ServiceId = "", Name = "" };
        }

        var members = new FrameMembers(element);
        // The texts' tables say serviceId, their examples id, their figures serviceID.
        var id = members.Has("serviceId") ? "serviceId" : members.Has("serviceID") ? "serviceID" : "id";
        var announcement = new ServiceAnnouncement
        {
            ServiceId = members.Required(id, LinkLimits.MaxIdLength),
            Name = members.Required("name", LinkLimits.MaxNameLength),
            Manufacturer = members.Optional("manufacturer", LinkLimits.MaxNameLength),
            Version = members.Optional("version", LinkLimits.MaxNameLength),
            Type = members.Nullable("type", LinkLimits.MaxNameLength) ?? "Unknown",
            Online = members.Flag("online", true),
            Scopes = members.Texts("scopes", LinkLimits.MaxScopes, LinkLimits.MaxIdLength),
            Profiles = Profiles(members),
            Device = members.Slice("device", LinkLimits.MaxDeviceBytes),
        };
        if (!ServiceIdRule.IsValid(announcement.ServiceId))
            members.Refuse(FrameProblem.InvalidMember, "serviceId");
        frame.Take(members);
        return announcement;
    }

    private static ImmutableArray<ServiceProfile> Profiles(FrameMembers members)
    {
        if (!members.TryFind("profiles", out var profiles))
            return [];
        if (profiles.ValueKind != JsonValueKind.Object || profiles.GetPropertyCount() > LinkLimits.MaxScopes)
        {
            members.Refuse(FrameProblem.InvalidMember, "profiles");
            return [];
        }

        var inner = new FrameMembers(profiles);
        var list = profiles.EnumerateObject()
            .Select(profile => new ServiceProfile(profile.Name, inner.Texts(profile.Name, LinkLimits.MaxScopes, LinkLimits.MaxIdLength)))
            .ToImmutableArray();
        if (inner.Refusal.IsRefused || list.Any(profile => profile.Name.Length is 0 or > LinkLimits.MaxIdLength))
            members.Refuse(FrameProblem.InvalidMember, "profiles");
        return list;
    }

    private static EventFrame Event(JsonElement root, FrameMembers members)
    {
        var frame = new EventFrame
        {
            RequestCode = (int?)members.NullableNumber("requestCode", 0, int.MaxValue),
            Result = (int)members.Number("result", int.MinValue, int.MaxValue, 0),
            ServiceId = members.Required(members.Has("serviceId") ? "serviceId" : "serviceID", LinkLimits.MaxIdLength),
            Profile = members.Required("profile", LinkLimits.MaxIdLength),
            Interface = members.Nullable("interface", LinkLimits.MaxIdLength),
            Attribute = members.Required("attribute", LinkLimits.MaxIdLength),
            AccessToken = members.Nullable("accessToken", LinkLimits.MaxTokenLength),
            Sequence = members.NullableNumber("sequence", 1, long.MaxValue),
            Intermediate = members.Flag("intermediate", false),
            Continuous = members.Flag("continuous", false),
            Members = EventMembers.Others(root),
        };
        if (!members.Refusal.IsRefused && !ServiceIdRule.IsValid(frame.ServiceId))
            members.Refuse(FrameProblem.InvalidMember, "serviceId");
        return frame;
    }

    private static ResponseFrame Response(JsonElement root, FrameMembers members) => new()
    {
        RequestCode = (int)members.Number("requestCode", 1, int.MaxValue),
        Result = (int)members.Number("result", int.MinValue, int.MaxValue),
        ErrorCode = (int?)members.NullableNumber("errorCode", short.MinValue, short.MaxValue),
        ErrorMessage = members.Nullable("errorMessage", LinkLimits.MaxValueLength),
        ClientId = members.Nullable("clientId", LinkLimits.MaxTokenLength),
        AccessToken = members.Nullable("accessToken", LinkLimits.MaxTokenLength),
        Services = members.Has("services") ? Announcements(members) : null,
        Members = ResponseMembers.Others(root),
    };

    private static AckFrame Ack(FrameMembers members) => new()
    {
        Sequence = members.Number("sequence", 0, long.MaxValue),
        Credit = (int)members.Number("credit", 0, int.MaxValue, 0),
        Refused = members.List("refused", int.MaxValue, element =>
        {
            var item = new FrameMembers(element.ValueKind == JsonValueKind.Object ? element : default);
            if (element.ValueKind != JsonValueKind.Object)
            {
                members.Refuse(FrameProblem.InvalidMember, "refused");
                return new RefusedItem(0, 0, "");
            }

            var refused = new RefusedItem(
                item.Number("sequence", 1, long.MaxValue),
                (int)item.Number("errorCode", short.MinValue, short.MaxValue),
                item.Optional("errorMessage", LinkLimits.MaxValueLength));
            members.Take(item);
            return refused;
        }),
    };

    private static RequestFrame Request(RequestMethod method, FrameMembers members) => new()
    {
        Method = method,
        RequestCode = (int)members.Number("requestCode", 1, int.MaxValue),
        Receiver = members.Optional("receiver", LinkLimits.MaxNameLength),
        ServiceId = members.Nullable("serviceId", LinkLimits.MaxIdLength),
        Profile = members.Required("profile", LinkLimits.MaxIdLength),
        Interface = members.Nullable("interface", LinkLimits.MaxIdLength),
        Attribute = members.Optional("attribute", LinkLimits.MaxIdLength),
        ClientId = members.Nullable("clientId", LinkLimits.MaxTokenLength),
        AccessToken = members.Nullable("accessToken", LinkLimits.MaxTokenLength),
        Origin = members.Nullable("origin", LinkLimits.MaxTokenLength),
        Package = members.Nullable("package", LinkLimits.MaxTokenLength),
        ApplicationName = members.Nullable("applicationName", LinkLimits.MaxNameLength),
        Scope = members.Nullable("scope", LinkLimits.MaxValueLength),
        Parameters = Parameters(members),
    };

    private static ImmutableDictionary<string, string> Parameters(FrameMembers members)
    {
        if (!members.TryFind("parameters", out var parameters))
            return ImmutableDictionary<string, string>.Empty;
        if (parameters.ValueKind != JsonValueKind.Object || parameters.GetPropertyCount() > LinkLimits.MaxParameters)
        {
            members.Refuse(FrameProblem.InvalidMember, "parameters");
            return ImmutableDictionary<string, string>.Empty;
        }

        var inner = new FrameMembers(parameters);
        var map = parameters.EnumerateObject()
            .ToImmutableDictionary(parameter => parameter.Name, parameter => inner.Optional(parameter.Name, LinkLimits.MaxValueLength));
        if (inner.Refusal.IsRefused)
            members.Refuse(FrameProblem.InvalidMember, "parameters");
        return map;
    }

    private sealed class FrozenMembers(params string[] names)
    {
        private readonly HashSet<string> _names = [.. names];

        /// <summary>All other members as an object, each with the bytes it came with.</summary>
        public ReadOnlyMemory<byte> Others(JsonElement root)
        {
            var output = new ArrayBufferWriter<byte>(512);
            var json = PooledJson.Rent(output);
            json.WriteStartObject();
            foreach (var member in root.EnumerateObject())
            {
                if (_names.Contains(member.Name))
                    continue;
                json.WritePropertyName(member.Name);
                json.WriteRawValue(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(member.Value), skipInputValidation: true);
            }

            json.WriteEndObject();
            json.Flush();
            PooledJson.Return(json);
            return output.WrittenMemory;
        }
    }
}
