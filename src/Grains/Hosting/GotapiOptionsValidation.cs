using Dwapi.Grains.Settings;
using Microsoft.Extensions.Options;

namespace Dwapi.Grains.Hosting;

/// <summary>What attributes on <see cref="GotapiOptions"/> cannot say: times above zero, and policies that can match something.</summary>
internal sealed class GotapiOptionsValidation : IValidateOptions<GotapiOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, GotapiOptions options)
    {
        List<string> failures = [];
        Positive(nameof(GotapiOptions.UnapprovedLifetime), options.UnapprovedLifetime);
        Positive(nameof(GotapiOptions.UnusedLifetime), options.UnusedLifetime);
        Positive(nameof(GotapiOptions.ScopeLifetime), options.ScopeLifetime);
        Positive(nameof(GotapiOptions.DiscoveryTimeout), options.DiscoveryTimeout);
        Positive(nameof(GotapiOptions.MonitorGrace), options.MonitorGrace);
        if (options.Freshness is { } freshness)
            Positive(nameof(GotapiOptions.Freshness), freshness);
        for (var i = 0; i < options.Approvals.Count; i++)
        {
            if (options.Approvals[i].Origins.Count == 0)
                failures.Add($"{GotapiOptions.Section}:Approvals:{i}:Origins is empty: the policy would never apply.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Positive(string setting, TimeSpan value)
        {
            if (value <= TimeSpan.Zero)
                failures.Add($"{GotapiOptions.Section}:{setting} must be above zero.");
        }
    }
}
