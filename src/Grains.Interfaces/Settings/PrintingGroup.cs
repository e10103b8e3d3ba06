namespace Dwapi.Grains.Settings;

/// <summary>A group of applications with limits of its own beside the tenant's, under <c>Printing:Groups:NAME</c>: a class of a school.</summary>
public sealed class PrintingGroup : PrintingLimits
{
    /// <summary>The origins of its applications.</summary>
    public IList<string> Members { get; } = [];

    /// <summary>The only tenant that has it; empty: all of them, each with its own count.</summary>
    public string Tenant { get; set; } = "";
}
