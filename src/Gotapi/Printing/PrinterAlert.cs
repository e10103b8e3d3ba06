namespace Dwapi.Gotapi.Printing;

/// <summary>An alert of a printer.</summary>
/// <param name="Code">What is wrong.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Message">The back end's own words.</param>
/// <param name="Since">Since when, Unix milliseconds.</param>
public sealed record PrinterAlert(AlertCode Code, AlertSeverity Severity, string Message, long Since);
