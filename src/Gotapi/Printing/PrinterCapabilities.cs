namespace Dwapi.Gotapi.Printing;

/// <summary>What a printer's connector can do.</summary>
/// <param name="PullsByUri">The printer fetches the file itself.</param>
/// <param name="HasQueue">It has a queue of its own.</param>
/// <param name="Push">It tells of changes by itself.</param>
/// <param name="Slices">Models are accepted, as there is a slicer.</param>
public sealed record PrinterCapabilities(bool PullsByUri, bool HasQueue, bool Push, bool Slices);
