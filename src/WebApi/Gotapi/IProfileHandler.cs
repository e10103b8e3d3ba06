using System.Collections.Immutable;

namespace Dwapi.WebApi.Gotapi;

/// <summary>Answers the calls of one profile, after path, origin, token and scope were checked.</summary>
internal interface IProfileHandler
{
    /// <summary>The profile in its definition's spelling; compared without case.</summary>
    string Profile { get; }

    /// <summary>False for availability and authorization, where a stale token that comes along is ignored.</summary>
    bool NeedsToken { get; }

    /// <summary>Scopes any of which opens this call, lower case.</summary>
    ImmutableArray<string> ScopesFor(in GotapiPath path);

    /// <summary>Checks what remains, in the order of gotapi-1.1 section 5, and answers.</summary>
    ValueTask Answer(GotapiCall call);
}
