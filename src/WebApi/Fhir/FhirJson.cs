using System.Text.Json;
using System.Text.Json.Serialization;
using Dwapi.WebApi.Fhir.Resources;

namespace Dwapi.WebApi.Fhir;

/// <summary>Serialization of the resources, generated at build time. FHIR knows no null: absent members are left out.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Observation))]
[JsonSerializable(typeof(Device))]
[JsonSerializable(typeof(Bundle))]
[JsonSerializable(typeof(OperationOutcome))]
[JsonSerializable(typeof(CapabilityStatement))]
internal sealed partial class FhirJson : JsonSerializerContext;
