namespace Dwapi.Grains.Settings;

/// <summary>Limits and whom they hold for: a tenant as a whole, or a group.</summary>
/// <param name="Name">The group; <see cref="Everybody"/> for the tenant.</param>
/// <param name="Section">Where its settings are.</param>
/// <param name="Limits">The limits.</param>
/// <param name="Members">The origins that it holds for; null for all.</param>
public sealed record PrintingQuota(string Name, string Section, PrintingLimits Limits, IList<string>? Members)
{
    /// <summary>The name of a tenant's own quota; no group has it.</summary>
    public const string Everybody = "*";

    /// <summary>Whether jobs of an origin count.</summary>
    public bool IsOf(string origin) => Members?.Contains(origin) is not false;
}
