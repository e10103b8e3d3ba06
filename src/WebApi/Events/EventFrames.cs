using System.Text.Json;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;
using Dwapi.WebApi.Gotapi;
using Dwapi.WebApi.Gotapi.Profiles;

namespace Dwapi.WebApi.Events;

/// <summary>Builds the frames of GotAPI-5 (gotapi-1.1 section 7, dwapi-health).</summary>
internal static class EventFrames
{
    /// <summary>An event of an attribute; spliced from the bytes of the measurement.</summary>
    public static EventFrame Of(string serviceId, MonitoredAttribute attribute, string epoch, Measurement measurement, bool intermediate)
    {
        var answer = AnswerBuffer.Rent();
        answer.Write("{\"serviceId\":"u8);
        answer.WriteAscii(serviceId);
        answer.Write(",\"profile\":"u8);
        answer.WriteAscii(attribute.Profile);
        answer.Write(",\"attribute\":"u8);
        answer.WriteAscii(attribute.Name);
        answer.Write(",\"result\":0,"u8);
        attribute.WriteMember(answer, measurement);
        if (intermediate)
        {
            answer.Write(",\"intermediate\":true"u8);
        }
        else
        {
            answer.Write(",\"sequence\":"u8);
            answer.Write(measurement.Sequence);
        }

        answer.Write(",\"cursor\":"u8);
        answer.WriteAscii(new EventCursor(epoch, measurement.Sequence).ToString());
        return End(answer, intermediate ? 0 : measurement.Sequence);
    }

    /// <summary>A service appeared, changed or went: the single object with its state, and the list that other clients read.</summary>
    /// <param name="change">The change.</param>
    /// <param name="number">Its number, from which a monitor resumes; not shown.</param>
    public static EventFrame Of(ServiceChange change, long number)
    {
        var answer = AnswerBuffer.Rent();
        answer.Write("{\"serviceId\":\"\",\"profile\":"u8);
        answer.WriteAscii(ServiceDiscoveryProfile.Name);
        answer.Write(",\"attribute\":"u8);
        answer.WriteAscii(ServiceDiscoveryProfile.OnServiceChange);
        answer.Write(",\"result\":0,\"networkService\":"u8);
        using (var json = new Utf8JsonWriter(answer))
        {
            json.WriteStartObject();
            ServiceJson.WriteMembers(json, change.Service);
            json.WriteBoolean("state", change.Present);
            json.WriteStartArray("services");
            json.WriteStartObject();
            ServiceJson.WriteMembers(json, change.Service);
            json.WriteBoolean("state", change.Present);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return End(answer, number);
    }

    private static EventFrame End(AnswerBuffer answer, long sequence)
    {
        var frame = new EventFrame(answer.Written.ToArray(), sequence);
        AnswerBuffer.Return(answer);
        return frame;
    }
}
