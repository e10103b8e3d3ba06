using Dwapi.WebApi.Fhir.Resources;
using Dwapi.WebApi.Gotapi;

namespace Dwapi.WebApi.Fhir;

/// <summary>The CapabilityStatement: what is mapped in <see cref="FhirExtensions"/>, and nothing else.</summary>
internal static class Capabilities
{
    private static readonly IReadOnlyList<CapabilityInteraction> ReadAndSearch = [new("read"), new("search-type")];

    public static CapabilityStatement Of(ServerIdentity identity, string url, DateTimeOffset now) => new(
        "active",
        now.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        "instance",
        new CapabilitySoftware(identity.Product, identity.Version),
        new CapabilityImplementation("Measurements of the tenant's devices, read only", url),
        "4.0.1",
        ["application/fhir+json"],
        [
            new CapabilityRest(
                "server",
                [
                    new CapabilityResource(
                        "Observation",
                        ReadAndSearch,
                        [
                            new("device", "reference", "Needed."),
                            new("code", "token", $"Of {ObservationMapper.Mdc}."),
                            new("date", "date"),
                        ]),
                    new CapabilityResource("Device", ReadAndSearch, [new("identifier", "token", "A service id.")]),
                ]),
        ]);
}
