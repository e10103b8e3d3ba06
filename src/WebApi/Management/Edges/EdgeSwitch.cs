namespace Dwapi.WebApi.Management.Edges;

/// <summary>Switches an edge off or on.</summary>
/// <param name="Enabled">False closes its link and refuses it until it is switched on again.</param>
public sealed record EdgeSwitch(bool Enabled);
