namespace Dwapi.Grains.Applications;

/// <summary>What the policies say of a token request.</summary>
internal enum AccessVerdict
{
    /// <summary>An operator has to decide.</summary>
    Ask,

    /// <summary>A policy approves it.</summary>
    Approve,

    /// <summary>It asks for a wildcard scope, which no policy of the origin allows (DECISIONS 3).</summary>
    WildcardNotAllowed,
}
