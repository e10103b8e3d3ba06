namespace Dwapi.Edge.Commands;

/// <summary>Result of the verb capture.</summary>
/// <param name="File">The capture.</param>
/// <param name="Values">Lines that were added.</param>
internal sealed record CaptureResult(string File, long Values);
