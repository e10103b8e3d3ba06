using Dwapi.Gotapi.Health;

namespace Dwapi.WebApi.Management.Approvals;

/// <summary>A scope with words that say what it opens (DECISIONS 3).</summary>
/// <param name="Scope">As the application asked for it.</param>
/// <param name="Meaning">What a person reads.</param>
/// <param name="Wide">True when it opens more than one kind of device.</param>
public sealed record ScopeView(string Scope, string Meaning, bool Wide)
{
    internal static ScopeView Of(string scope) => scope switch
    {
        "*" or "all" => new(scope, "everything", true),
        HealthAttributes.Profile => new(scope, "all health devices", true),
        "3dp" or "3dprinter" => new(scope, "3D printers", false),
        "servicediscovery" => new(scope, "the list of devices", false),
        "serviceinformation" => new(scope, "what a device offers", false),
        "system" => new(scope, "this server's settings for the application", false),
        "thermometer" => new(scope, "thermometers", false),
        "heart" => new(scope, "heart rate monitors", false),
        "weight" => new(scope, "weight scales", false),
        "bca" => new(scope, "body composition analyzers", false),
        _ => new(scope, scope, false),
    };
}
