using System.Collections.Immutable;
using Dwapi.Grains.Devices;

namespace Dwapi.Storage.Registry;

/// <summary>What an announcement says of a service, as it is kept as JSON; the device object stays bytes beside it.</summary>
internal sealed record StoredRegistration(
    string Name,
    string Manufacturer,
    string Version,
    string Type,
    PluginApproval Approval,
    ImmutableArray<string> Scopes,
    ImmutableArray<ServiceProfile> Profiles);
