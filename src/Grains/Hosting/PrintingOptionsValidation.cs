using System.ComponentModel.DataAnnotations;
using Dwapi.Grains.Settings;
using Microsoft.Extensions.Options;

namespace Dwapi.Grains.Hosting;

/// <summary>Checks what the annotations of <see cref="PrintingOptions"/> do not reach: its tenants, groups and content servers.</summary>
internal sealed class PrintingOptionsValidation : IValidateOptions<PrintingOptions>
{
    public ValidateOptionsResult Validate(string? name, PrintingOptions options)
    {
        var faults = options.Tenants.SelectMany(tenant => Faults($"Tenants:{tenant.Key}", tenant.Value))
            .Concat(options.Groups.SelectMany(group => Faults($"Groups:{group.Key}", group.Value)))
            .Concat(options.Groups.Keys.Where(group => !group.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
                .Select(group => $"{PrintingOptions.Section}:Groups:{group} has a name of letters, digits, '_' and '-'."))
            .Concat(options.Groups.Where(group => group.Value.Members.Count == 0)
                .Select(group => $"{PrintingOptions.Section}:Groups:{group.Key}:Members names the origins of its applications."))
            .Concat(options.ContentServers.SelectMany((server, index) => Faults($"ContentServers:{index}", server)))
            .ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(string section, object settings)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(settings, new ValidationContext(settings), results, validateAllProperties: true);
        return results.Select(result => $"{PrintingOptions.Section}:{section}: {result.ErrorMessage}");
    }
}
