using Dwapi.WebApi.Management;

namespace Dwapi.WebApi.Fhir.Resources;

/// <summary>A measured amount (FHIR R4 Quantity); FHIR decimals keep the digits that were resolved.</summary>
internal sealed record Quantity(RawJson Value, string? Unit, string? System, string? Code);
