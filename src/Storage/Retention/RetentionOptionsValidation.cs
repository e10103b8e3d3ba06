using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Printing;
using Microsoft.Extensions.Options;

namespace Dwapi.Storage.Retention;

/// <summary>Names of attributes that have measurements: a misspelt one would keep for ever what should go, without a word.</summary>
internal sealed class RetentionOptionsValidation : IValidateOptions<RetentionOptions>
{
    private static readonly string[] Known = [.. HealthAttributes.All.Select(attribute => attribute.Name), PrintingProfile.Information];

    // Their values are of one kind, and have no mark.
    private static readonly string[] OfOneKind = [HealthAttributes.Heart.Name, PrintingProfile.Information];

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, RetentionOptions options)
    {
        var settings = options.Attributes.Select(setting => (Path: $"{nameof(options.Attributes)}:{setting.Key}", Name: setting.Key, Keep: setting.Value))
            .Concat(options.Tenants.SelectMany(tenant => tenant.Value.Select(
                setting => (Path: $"{nameof(options.Tenants)}:{tenant.Key}:{setting.Key}", Name: setting.Key, Keep: setting.Value))));
        var failures = settings.Select(setting => Problem(setting.Name, setting.Keep) is { } problem ? $"{RetentionOptions.Section}:{setting.Path} {problem}" : null)
            .OfType<string>().ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static string? Problem(string name, TimeSpan keep)
    {
        var attribute = RetentionOptions.AttributeOf(name);
        if (name != attribute && OfOneKind.Contains(attribute))
        {
            return $"would change nothing: the values of {attribute} are all of one kind. Set {attribute}.";
        }

        if (!Known.Contains(attribute))
        {
            return $"is of no attribute. There are {string.Join(", ", Known)}, each alone or with {RetentionOptions.Continuous} behind it. See docs/operations.md.";
        }

        return keep < TimeSpan.Zero ? "is below zero. Zero keeps for ever." : null;
    }
}
