using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Dwapi.Gotapi.Health;

namespace Dwapi.Gotapi.Frames;

/// <summary>Writes frames. An EVENTS frame is spliced by <see cref="EventsFrameWriter"/>.</summary>
public static class LinkFrameWriter
{
    /// <summary>Writes one frame.</summary>
    public static void Write(LinkFrame frame, IBufferWriter<byte> output)
    {
        var json = PooledJson.Rent(output);
        json.WriteStartObject();
        switch (frame)
        {
            case HelloFrame hello: Hello(json, hello); break;
            case WelcomeFrame welcome: Welcome(json, welcome); break;
            case ServicesFrame services: Services(json, services); break;
            case EventsFrame events:
                json.WriteString("method", FrameMethod.Events);
                json.WritePropertyName("items");
                json.WriteRawValue(events.Items.Span, skipInputValidation: true);
                break;
            case EventFrame @event: Event(json, @event); break;
            case ResponseFrame response: Response(json, response); break;
            case PingFrame ping:
                json.WriteString("method", FrameMethod.Ping);
                json.WriteNumber("acknowledged", ping.Acknowledged);
                if (ping.Lost > 0)
                    json.WriteNumber("lost", ping.Lost);
                if (ping.Dropped > 0)
                    json.WriteNumber("dropped", ping.Dropped);
                break;
            case PongFrame pong:
                json.WriteString("method", FrameMethod.Pong);
                json.WriteNumber("position", pong.Position);
                break;
            case AckFrame ack: Ack(json, ack); break;
            case ErrorFrame error:
                json.WriteString("method", FrameMethod.Error);
                json.WriteNumber("errorCode", error.ErrorCode);
                json.WriteString("errorMessage", error.ErrorMessage);
                break;
            case RequestFrame request: Request(json, request); break;
            default: throw new ArgumentException($"No codec for {frame.GetType().Name}.", nameof(frame));
        }

        json.WriteEndObject();
        json.Flush();
        PooledJson.Return(json);
    }

    /// <summary>The frame as bytes of its own.</summary>
    public static byte[] ToUtf8(LinkFrame frame)
    {
        var output = new ArrayBufferWriter<byte>(512);
        Write(frame, output);
        return output.WrittenSpan.ToArray();
    }

    private static void Hello(Utf8JsonWriter json, HelloFrame frame)
    {
        json.WriteString("method", FrameMethod.Hello);
        json.WriteString("edgeId", frame.EdgeId);
        json.WriteString("key", frame.Key);
        json.WriteString("epoch", frame.Epoch);
        json.WriteNumber("acknowledged", frame.Acknowledged);
        json.WriteString("name", frame.Name);
        json.WriteString("product", frame.Product);
        json.WriteString("version", frame.Version);
        json.WriteString("approval", frame.Approval == PlugInApproval.Automatic ? "automatic" : "ask");
    }

    private static void Welcome(Utf8JsonWriter json, WelcomeFrame frame)
    {
        json.WriteString("method", FrameMethod.Welcome);
        json.WriteString("product", frame.Product);
        json.WriteString("version", frame.Version);
        json.WriteString("receiver", frame.Receiver);
        json.WriteNumber("credit", frame.Credit);
        json.WriteNumber("position", frame.Position);
        json.WriteNumber("pingInterval", frame.PingInterval);
    }

    private static void Services(Utf8JsonWriter json, ServicesFrame frame)
    {
        json.WriteString("method", FrameMethod.Services);
        Announcements(json, frame.Services);
        Texts(json, "removed", frame.Removed);
        json.WriteBoolean("complete", frame.Complete);
    }

    private static void Announcements(Utf8JsonWriter json, ImmutableArray<ServiceAnnouncement> services)
    {
        json.WriteStartArray("services");
        foreach (var service in services)
        {
            json.WriteStartObject();
            json.WriteString("serviceId", service.ServiceId);
            json.WriteString("name", service.Name);
            json.WriteString("manufacturer", service.Manufacturer);
            json.WriteString("version", service.Version);
            json.WriteString("type", service.Type);
            json.WriteBoolean("online", service.Online);
            Texts(json, "scopes", service.Scopes);
            if (!service.Profiles.IsEmpty)
            {
                json.WriteStartObject("profiles");
                foreach (var profile in service.Profiles)
                    Texts(json, profile.Name, profile.Attributes);
                json.WriteEndObject();
            }

            if (!service.Device.IsEmpty)
            {
                json.WritePropertyName("device");
                json.WriteRawValue(service.Device.Span, skipInputValidation: true);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Event(Utf8JsonWriter json, EventFrame frame)
    {
        json.WriteString("method", FrameMethod.Event);
        if (frame.RequestCode is { } requestCode)
            json.WriteNumber("requestCode", requestCode);
        json.WriteNumber("result", frame.Result);
        json.WriteString("serviceId", frame.ServiceId);
        json.WriteString("profile", frame.Profile);
        Text(json, "interface", frame.Interface);
        json.WriteString("attribute", frame.Attribute);
        Text(json, "accessToken", frame.AccessToken);
        if (frame.Sequence is { } sequence)
            json.WriteNumber("sequence", sequence);
        if (frame.Intermediate)
            json.WriteBoolean("intermediate", true);
        if (frame.Continuous)
            json.WriteBoolean("continuous", true);
        Others(json, frame.Members);
    }

    private static void Response(Utf8JsonWriter json, ResponseFrame frame)
    {
        json.WriteString("method", FrameMethod.Response);
        json.WriteNumber("requestCode", frame.RequestCode);
        json.WriteNumber("result", frame.Result);
        if (frame.ErrorCode is { } errorCode)
            json.WriteNumber("errorCode", errorCode);
        Text(json, "errorMessage", frame.ErrorMessage);
        Text(json, "clientId", frame.ClientId);
        Text(json, "accessToken", frame.AccessToken);
        if (frame.Services is { } services)
            Announcements(json, services);
        Others(json, frame.Members);
    }

    private static void Ack(Utf8JsonWriter json, AckFrame frame)
    {
        json.WriteString("method", FrameMethod.Ack);
        json.WriteNumber("sequence", frame.Sequence);
        json.WriteNumber("credit", frame.Credit);
        json.WriteStartArray("refused");
        foreach (var item in frame.Refused)
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", item.Sequence);
            json.WriteNumber("errorCode", item.ErrorCode);
            json.WriteString("errorMessage", item.ErrorMessage);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Request(Utf8JsonWriter json, RequestFrame frame)
    {
        json.WriteString("method", FrameMethod.Of(frame.Method));
        json.WriteNumber("requestCode", frame.RequestCode);
        json.WriteString("receiver", frame.Receiver);
        Text(json, "serviceId", frame.ServiceId);
        json.WriteString("api", "gotapi");
        json.WriteString("profile", frame.Profile);
        Text(json, "interface", frame.Interface);
        json.WriteString("attribute", frame.Attribute);
        Text(json, "clientId", frame.ClientId);
        Text(json, "accessToken", frame.AccessToken);
        Text(json, "origin", frame.Origin);
        Text(json, "package", frame.Package);
        Text(json, "applicationName", frame.ApplicationName);
        Text(json, "scope", frame.Scope);
        if (frame.Parameters.IsEmpty)
            return;

        json.WriteStartObject("parameters");
        foreach (var (name, value) in frame.Parameters)
            json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static void Texts(Utf8JsonWriter json, string name, ImmutableArray<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void Others(Utf8JsonWriter json, ReadOnlyMemory<byte> members)
    {
        if (members.IsEmpty)
            return;

        var reader = new Utf8JsonReader(members.Span, new JsonReaderOptions { MaxDepth = LinkLimits.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            json.WritePropertyName(reader.GetString()!);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            json.WriteRawValue(members.Span[start..(int)reader.BytesConsumed], skipInputValidation: true);
        }
    }
}
