using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Dwapi.Grains.Applications;

/// <summary>
/// One web origin (or native application id) of a tenant, key <c>tenant/origin</c>: index of its clients and its HMAC keys. A new grant
/// adds a client and voids none (DECISIONS 1).
/// </summary>
[Alias("Dwapi.IApplicationGrain")]
public interface IApplicationGrain : IGrainWithStringKey
{
    /// <summary>
    /// Makes a client. At the limit the least recently used client without a live socket goes, never-approved ones first; error 11 only
    /// if all of them have a live socket. Takes the oldest pending key of the remote address along.
    /// </summary>
    [Alias("Grant")]
    Task<GrantResult> Grant(GrantRequest request);

    /// <summary>Keeps an HMAC key from availability until the grant of the same origin and remote address.</summary>
    [Alias("OfferKey")]
    Task OfferKey(string remoteAddress, HmacKey key);

    /// <summary>Sets the origin's own key, handed over outside the web (launch URI or management); an empty one deletes it (DECISIONS 7).</summary>
    [Alias("SetOriginKey")]
    Task SetOriginKey(HmacKey? key);

    /// <summary>The origin's own key, or null.</summary>
    [Alias("GetOriginKey")]
    ValueTask<HmacKey?> GetOriginKey();

    /// <summary>All clients of the origin.</summary>
    [Alias("GetClients")]
    Task<ImmutableArray<ClientStatus>> GetClients();

    /// <summary>
    /// Told by a session that it asked for access, was approved, was used (to the minute), or got or lost its socket. Interleaves, so
    /// that a session may tell it while this grain waits for that session.
    /// </summary>
    [AlwaysInterleave]
    [Alias("NoteClient")]
    Task NoteClient(ClientStatus client);

    /// <summary>Removes a client with its token, monitors and socket.</summary>
    /// <returns>False when there is no such client.</returns>
    [Alias("Revoke")]
    Task<bool> Revoke(string clientId);
}
