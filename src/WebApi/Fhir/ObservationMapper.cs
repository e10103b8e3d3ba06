using System.Runtime.InteropServices;
using System.Text.Json;
using Dwapi.Gotapi.Health;
using Dwapi.Grains.Devices;
using Dwapi.WebApi.Fhir.Resources;
using Dwapi.WebApi.Management;
using Quantity = Dwapi.WebApi.Fhir.Resources.Quantity;

namespace Dwapi.WebApi.Fhir;

/// <summary>A stored measurement as a FHIR Observation: its first mandatory quantity is the value, the others are components.</summary>
internal static class ObservationMapper
{
    /// <summary>The code system of MDC codes.</summary>
    public const string Mdc = "urn:iso:std:iso:11073:10101";

    private static readonly IReadOnlyList<CodeableConcept> VitalSigns =
        [new([new("http://terminology.hl7.org/CodeSystem/observation-category", "vital-signs", "Vital Signs")])];

    public static Observation Map(ServiceRegistration service, HealthAttribute attribute, Measurement measurement)
    {
        using var document = JsonDocument.Parse((byte[])[(byte)'{', .. measurement.Quantities.Span, (byte)'}']);
        var parts = attribute.Parts
            .Select(part => document.RootElement.TryGetProperty(part.Name, out var quantity) ? (part.Name, Quantity: quantity) : default)
            .Where(part => part.Name is not null)
            .ToArray();
        var received = Instant(measurement.ReceivedAt);
        return new Observation(
            FhirId.OfObservation(service.ServiceId, attribute.Name, measurement.Sequence),
            new Meta("1", received),
            "final",
            VitalSigns,
            CodeOf(parts[0].Name, parts[0].Quantity),
            Instant(measurement.MeasuredAt),
            received,
            QuantityOf(parts[0].Quantity),
            new Reference("Device/" + FhirId.OfDevice(service.ServiceId), service.Name),
            parts.Length == 1 ? null : [.. parts.Skip(1).Select(part => new ObservationComponent(CodeOf(part.Name, part.Quantity), QuantityOf(part.Quantity)))]);
    }

    /// <summary>Whether an observation has a code, as its own or in a component.</summary>
    public static bool HasCode(Observation observation, string code) =>
        Has(observation.Code, code) || observation.Component?.Any(component => Has(component.Code, code)) is true;

    private static bool Has(CodeableConcept concept, string code) => concept.Coding?.Any(coding => coding.Code == code) is true;

    private static CodeableConcept CodeOf(string part, JsonElement quantity)
    {
        var type = Text(quantity, "type");
        var code = Text(quantity, "typeCode");
        return new CodeableConcept(code.Length == 0 ? null : [new Coding(Mdc, code, type.Length == 0 ? null : type)], type.Length == 0 ? part : type);
    }

    private static Quantity QuantityOf(JsonElement quantity)
    {
        var ucum = Ucum.Of(Text(quantity, "unitCode"));
        var unit = Text(quantity, "unit");
        return new Quantity(
            new RawJson(JsonMarshal.GetRawUtf8Value(quantity.GetProperty("value")).ToArray(), Members: false),
            unit.Length == 0 ? null : unit,
            ucum is null ? null : Ucum.System,
            ucum);
    }

    private static string Text(JsonElement quantity, string member) =>
        quantity.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";

    private static string Instant(long unixMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(unixMs).ToString("yyyy-MM-dd'T'HH:mm:ss.fffK", System.Globalization.CultureInfo.InvariantCulture);
}
