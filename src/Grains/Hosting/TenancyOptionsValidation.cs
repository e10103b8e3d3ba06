using System.ComponentModel.DataAnnotations;
using Dwapi.Grains.Settings;
using Microsoft.Extensions.Options;

namespace Dwapi.Grains.Hosting;

/// <summary>Tenants whose names fit into keys and paths, host names that belong to one tenant each, limits above zero.</summary>
internal sealed class TenancyOptionsValidation : IValidateOptions<TenancyOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, TenancyOptions options)
    {
        List<string> failures = [];
        if (options.Default.Length > 0 && !TenantKey.IsName(options.Default))
            failures.Add($"{TenancyOptions.Section}:{nameof(TenancyOptions.Default)} is 1 to 63 of a-z, 0-9 and -, or empty.");
        if (!options.Names.Any())
            failures.Add($"{TenancyOptions.Section}:{nameof(TenancyOptions.Default)} is empty and there is no tenant: nobody could be served.");

        Limits($"{TenancyOptions.Section}:{nameof(TenancyOptions.Quotas)}", options.Quotas);
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (tenant, settings) in options.Tenants)
        {
            if (!TenantKey.IsName(tenant))
                failures.Add($"{TenancyOptions.SettingOf(tenant, "")[..^1]}: a tenant's name is 1 to 63 of a-z, 0-9 and -.");
            foreach (var host in settings.HostNames)
            {
                if (!owners.TryAdd(host, tenant))
                    failures.Add($"{TenancyOptions.SettingOf(tenant, nameof(TenantOptions.HostNames))}: {host} is a host name of {owners[host]} already.");
            }

            Limits(TenancyOptions.SettingOf(tenant, nameof(TenantOptions.Quotas)), settings.Quotas);
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Limits(string setting, TenantQuotas quotas)
        {
            List<ValidationResult> wrong = [];
            Validator.TryValidateObject(quotas, new ValidationContext(quotas), wrong, validateAllProperties: true);
            failures.AddRange(wrong.Select(result => $"{setting}: {result.ErrorMessage}"));
        }
    }
}
