using Dwapi.WebApi.Management.Approvals;

namespace Dwapi.WebApi.Management.Applications;

/// <summary>A token that is in force. The token itself is not kept anywhere, so a client's id stands for it.</summary>
/// <param name="ClientId">The client it belongs to.</param>
/// <param name="Origin">The origin it is bound to.</param>
/// <param name="Scopes">What it opens.</param>
/// <param name="Expires">When the first of its scopes ends.</param>
/// <param name="LastUsed">Time of the client's last use, to the minute.</param>
public sealed record TokenView(string ClientId, string Origin, IReadOnlyList<ScopeView> Scopes, DateTimeOffset Expires, DateTimeOffset LastUsed);
