namespace Dwapi.Grains.Settings;

/// <summary>Values of one tenant, under <c>Printing:Tenants:NAME</c>; what is not set is that of all.</summary>
public sealed class PrintingTenant : PrintingLimits;
