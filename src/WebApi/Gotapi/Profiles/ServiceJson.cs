using System.Text.Json;
using Dwapi.Grains.Devices;

namespace Dwapi.WebApi.Gotapi.Profiles;

/// <summary>A service as discovery and onServiceChange show it (gotapi-1.1 6.4).</summary>
internal static class ServiceJson
{
    /// <summary>Writes the members; the caller writes the braces.</summary>
    public static void WriteMembers(Utf8JsonWriter json, ServiceRegistration service)
    {
        // Both spellings: DeviceConnect's clients read id, others serviceId (gotapi-1.1 section 12).
        json.WriteString("id", service.ServiceId);
        json.WriteString("serviceId", service.ServiceId);
        json.WriteString("name", service.Name);
        json.WriteString("type", service.Type.Length == 0 ? "Unknown" : service.Type);
        json.WriteBoolean("online", service.Online);
        json.WriteString("config", "");
        json.WriteStartArray("scopes");
        foreach (var scope in service.Scopes)
        {
            json.WriteStringValue(scope);
        }

        json.WriteEndArray();
        json.WriteString("manufacturer", service.Manufacturer);
        json.WriteString("version", service.Version);
    }
}
