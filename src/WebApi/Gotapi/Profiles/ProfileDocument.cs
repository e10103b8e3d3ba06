using System.Text.Json;
using Dwapi.Gotapi.Health;
using Dwapi.Grains.Devices;

namespace Dwapi.WebApi.Gotapi.Profiles;

/// <summary>
/// The Swagger 2.0 document of a profile as serviceInformation shows it, made from the health attribute table: a new attribute is in it
/// at once. Of foreign profiles only the paths are known.
/// </summary>
internal static class ProfileDocument
{
    public static void Write(Utf8JsonWriter json, ServiceProfile profile, ServerIdentity server)
    {
        json.WriteStartObject();
        json.WriteString("swagger", "2.0");
        json.WriteString("basePath", "/gotapi/" + profile.Profile);
        json.WriteStartObject("info");
        json.WriteString("title", profile.Profile);
        json.WriteString("version", server.Version);
        json.WriteEndObject();
        json.WriteStartArray("consumes");
        json.WriteStringValue("application/x-www-form-urlencoded");
        json.WriteStringValue("multipart/form-data");
        json.WriteEndArray();
        json.WriteStartArray("produces");
        json.WriteStringValue("application/json");
        json.WriteEndArray();
        json.WriteStartObject("paths");
        foreach (var name in profile.Attributes)
        {
            json.WriteStartObject("/" + name);
            if (profile.Profile == HealthAttributes.Profile && HealthAttributes.Find(name) is { } attribute)
            {
                WriteHealth(json, attribute);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteHealth(Utf8JsonWriter json, HealthAttribute attribute)
    {
        BeginOperation(json, "get", "one-shot", attribute.Title + ": the latest measurement");
        WriteResponse(json, attribute, withQuantities: true);
        json.WriteEndObject();
        BeginOperation(json, "put", "event", attribute.Title + ": start asynchronous messages");
        json.WriteStartObject("x-event");
        WriteSchema(json, attribute, withQuantities: true);
        json.WriteEndObject();
        WriteResponse(json, attribute, withQuantities: false);
        json.WriteEndObject();
        BeginOperation(json, "delete", "event", attribute.Title + ": stop asynchronous messages");
        WriteResponse(json, null, withQuantities: false);
        json.WriteEndObject();
    }

    private static void BeginOperation(Utf8JsonWriter json, string verb, string type, string summary)
    {
        json.WriteStartObject(verb);
        json.WriteString("x-type", type);
        json.WriteString("summary", summary);
        json.WriteStartArray("parameters");
        WriteParameter(json, verb, "serviceId", required: true);
        if (verb == "put")
        {
            WriteParameter(json, verb, "since", required: false);
        }

        WriteParameter(json, verb, "nonce", required: false);
        json.WriteEndArray();
    }

    private static void WriteParameter(Utf8JsonWriter json, string verb, string name, bool required)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("in", verb == "put" ? "formData" : "query");
        json.WriteBoolean("required", required);
        json.WriteString("type", "string");
        json.WriteEndObject();
    }

    private static void WriteResponse(Utf8JsonWriter json, HealthAttribute? attribute, bool withQuantities)
    {
        json.WriteStartObject("responses");
        json.WriteStartObject("200");
        json.WriteString("description", "Envelope with result 0, or result 1 with errorCode and errorMessage.");
        json.WriteStartObject("schema");
        if (attribute is not null)
        {
            WriteSchema(json, attribute, withQuantities);
        }
        else
        {
            json.WriteString("type", "object");
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSchema(Utf8JsonWriter json, HealthAttribute attribute, bool withQuantities)
    {
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        json.WriteStartObject(attribute.TopLevelObject);
        json.WriteString("type", "object");
        json.WriteStartArray("required");
        json.WriteStringValue("device");
        foreach (var part in attribute.Parts)
        {
            if (withQuantities && part.Mandatory)
            {
                json.WriteStringValue(part.Name);
            }
        }

        json.WriteEndArray();
        json.WriteStartObject("properties");
        json.WriteStartObject("device");
        json.WriteString("type", "object");
        json.WriteEndObject();
        if (withQuantities)
        {
            foreach (var part in attribute.Parts.Where(static part => !part.Intermediate))
            {
                WriteQuantity(json, part);
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteQuantity(Utf8JsonWriter json, HealthPart part)
    {
        json.WriteStartObject(part.Name);
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (var (name, type) in QuantityMembers)
        {
            json.WriteStartObject(name);
            json.WriteString("type", type);
            if (name == "unitCode")
            {
                json.WriteStartArray("enum");
                foreach (var unit in part.Units)
                {
                    json.WriteStringValue(unit.Code);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static readonly (string Name, string Type)[] QuantityMembers =
    [
        ("value", "number"), ("mderFloat", "string"), ("type", "string"), ("typeCode", "string"), ("unit", "string"),
        ("unitCode", "string"), ("timeStamp", "integer"), ("timeStampString", "string"), ("timeStampByPlugIn", "boolean"),
    ];
}
