using Dwapi.Grains.Applications;
using Dwapi.WebApi.Management.Approvals;

namespace Dwapi.WebApi.Management.Applications;

/// <summary>A client of an application.</summary>
/// <param name="ClientId">The client.</param>
/// <param name="Origin">Its origin.</param>
/// <param name="ApplicationName">The name it gave, "" before it asked for access.</param>
/// <param name="Approved">True once access was approved.</param>
/// <param name="Connected">True while its WebSocket is open.</param>
/// <param name="CreatedAt">Time of the grant.</param>
/// <param name="LastUsed">Time of its last use, to the minute.</param>
/// <param name="Scopes">Granted scopes.</param>
/// <param name="Expires">Earliest expiry of its scopes; null before approval.</param>
public sealed record ClientView(
    string ClientId,
    string Origin,
    string ApplicationName,
    bool Approved,
    bool Connected,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUsed,
    IReadOnlyList<ScopeView> Scopes,
    DateTimeOffset? Expires)
{
    internal static ClientView Of(ClientStatus status) => new(
        status.ClientId,
        status.Origin,
        status.ApplicationName,
        status.Approved,
        status.Connected,
        status.CreatedAt,
        status.LastUsed,
        [.. status.Scopes.Select(ScopeView.Of)],
        status.Expires);
}
