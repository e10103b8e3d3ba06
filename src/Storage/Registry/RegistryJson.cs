using System.Text.Json.Serialization;

namespace Dwapi.Storage.Registry;

/// <summary>Source-generated JSON of the registry's table.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(StoredRegistration))]
internal sealed partial class RegistryJson : JsonSerializerContext;
