using System.Collections.Immutable;
using Dwapi.Gotapi.Errors;
using Dwapi.Grains.Applications;

namespace Dwapi.WebApi.Sessions;

/// <summary>Whether a session's scopes open a profile: 14 when none does, 12 when those that do are over (gotapi-1.1 section 5).</summary>
internal static class ScopeCheck
{
    /// <summary>Null when one of the accepted scopes, or a wildcard, is granted and alive.</summary>
    /// <param name="granted">Scopes of the session.</param>
    /// <param name="accepted">Scopes that open what is asked for, lower case.</param>
    /// <param name="now">The time.</param>
    public static GotapiError? Check(ImmutableArray<GrantedScope> granted, ImmutableArray<string> accepted, DateTimeOffset now)
    {
        GotapiError? error = GotapiErrors.Scope;
        foreach (var scope in granted)
        {
            if (!Opens(scope.Scope, accepted))
            {
                continue;
            }

            if (scope.Expires > now)
            {
                return null;
            }

            error = GotapiErrors.ExpiredAccessToken;
        }

        return error;
    }

    /// <summary>Whether the scope stands for everything (only granted by operator policy, DECISIONS 3).</summary>
    public static bool IsWildcard(string scope) => scope is "*" or "all";

    private static bool Opens(string scope, ImmutableArray<string> accepted)
    {
        foreach (var name in accepted)
        {
            if (string.Equals(scope, name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return IsWildcard(scope);
    }
}
