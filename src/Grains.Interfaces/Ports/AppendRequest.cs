using System.Collections.Immutable;
using Dwapi.Grains.Devices;

namespace Dwapi.Grains.Ports;

/// <summary>Measurements of one device to be appended.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="ServiceId">The device.</param>
/// <param name="EdgeId">The edge.</param>
/// <param name="EdgeEpoch">Epoch of its outbox.</param>
/// <param name="Items">In order.</param>
/// <param name="Expected">The heads that the grain believes in; an attribute without one is expected to have no row.</param>
public sealed record AppendRequest(
    string Tenant,
    string ServiceId,
    string EdgeId,
    string EdgeEpoch,
    ImmutableArray<ReportItem> Items,
    ImmutableArray<AttributeHead> Expected);
