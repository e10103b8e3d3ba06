using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Storage.Retention;

/// <summary>
/// How long measurements are kept (DECISIONS 19), settings under <c>Dwapi:Retention</c>. What is not named is kept for ever, except continuous
/// oximetry: 30 days. The name of an attribute is for all its values, the same with <c>Continuous</c> behind it for its continuous values
/// alone. Of those that fit the nearest one holds: the tenant's before that of all tenants, then the one for continuous values.
/// </summary>
public sealed class RetentionOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Dwapi:Retention";

    /// <summary>Stands behind the name of an attribute whose continuous values are meant, such as <c>pulseOximeterContinuous</c>.</summary>
    public const string Continuous = "Continuous";

    private static readonly TimeSpan ContinuousOximetry = TimeSpan.FromDays(30);

    /// <summary>By attribute, such as <c>heart</c> = <c>30.00:00:00</c>; zero keeps an attribute for ever. Default: heart 30 days, information (printers) 2 days.</summary>
    public IDictionary<string, TimeSpan> Attributes { get; } = new Dictionary<string, TimeSpan>
    {
        // Continuous sources only; what a person took once (weight, temperature, a spot check) is kept. Continuous oximetry is not here but
        // behind all settings: who has named pulseOximeter has said it of all its values.
        [HealthAttributes.Heart.Name] = TimeSpan.FromDays(30),

        // A printer's past is in its jobs; this is what a socket resumes from.
        [PrintingProfile.Information] = TimeSpan.FromDays(2),
    };

    /// <summary>By tenant, then attribute; goes before <see cref="Attributes"/>.</summary>
    public IDictionary<string, Dictionary<string, TimeSpan>> Tenants { get; } = new Dictionary<string, Dictionary<string, TimeSpan>>();

    /// <summary>What is removed of a tenant: what is not kept for ever, and how long it is kept.</summary>
    internal IEnumerable<RetentionRule> Of(string tenant)
    {
        IDictionary<string, TimeSpan> own = Tenants.TryGetValue(tenant, out var found) ? found : [];
        return Attributes.Keys.Concat(own.Keys).Select(AttributeOf).Append(HealthAttributes.PulseOximeter.Name).Distinct()
            .SelectMany(attribute => Of(own, attribute)).Where(rule => rule.Keep > TimeSpan.Zero);
    }

    /// <summary>The attribute that the name of a setting means.</summary>
    internal static string AttributeOf(string setting) =>
        setting.EndsWith(Continuous, StringComparison.Ordinal) ? setting[..^Continuous.Length] : setting;

    private IEnumerable<RetentionRule> Of(IDictionary<string, TimeSpan> own, string attribute)
    {
        var (ownAll, all) = (Find(own, attribute), Find(Attributes, attribute));
        var single = ownAll ?? all ?? TimeSpan.Zero;
        var continuous = Find(own, attribute + Continuous) ?? ownAll ?? Find(Attributes, attribute + Continuous) ?? all
            ?? (attribute == HealthAttributes.PulseOximeter.Name ? ContinuousOximetry : TimeSpan.Zero);
        return single == continuous
            ? [new RetentionRule(attribute, null, single)]
            : [new RetentionRule(attribute, false, single), new RetentionRule(attribute, true, continuous)];
    }

    private static TimeSpan? Find(IDictionary<string, TimeSpan> settings, string name) => settings.TryGetValue(name, out var keep) ? keep : null;
}
