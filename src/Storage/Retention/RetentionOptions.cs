using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Storage.Retention;

/// <summary>How long measurements are kept (DECISIONS 19), settings under <c>Dwapi:Retention</c>. What is not named is kept for ever.</summary>
public sealed class RetentionOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Dwapi:Retention";

    /// <summary>By attribute, such as <c>heart</c> = <c>30.00:00:00</c>; zero keeps an attribute for ever. Default: heart 30 days, information (printers) 2 days.</summary>
    public IDictionary<string, TimeSpan> Attributes { get; } = new Dictionary<string, TimeSpan>
    {
        // Continuous sources only; what a person took once (weight, temperature) is kept. Continuous oximetry joins with its attribute.
        [HealthAttributes.Heart.Name] = TimeSpan.FromDays(30),

        // A printer's past is in its jobs; this is what a socket resumes from.
        [PrintingProfile.Information] = TimeSpan.FromDays(2),
    };

    /// <summary>By tenant, then attribute; goes before <see cref="Attributes"/>.</summary>
    public IDictionary<string, Dictionary<string, TimeSpan>> Tenants { get; } = new Dictionary<string, Dictionary<string, TimeSpan>>();

    /// <summary>What is removed of a tenant: each attribute that is not kept for ever, and how long it is kept.</summary>
    internal IEnumerable<(string Attribute, TimeSpan Keep)> Of(string tenant)
    {
        var own = Tenants.TryGetValue(tenant, out var found) ? found : [];
        return Attributes.Keys.Union(own.Keys)
            .Select(attribute => (attribute, own.TryGetValue(attribute, out var keep) ? keep : Attributes[attribute]))
            .Where(rule => rule.Item2 > TimeSpan.Zero);
    }
}
