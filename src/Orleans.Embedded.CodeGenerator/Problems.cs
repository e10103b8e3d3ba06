using Microsoft.CodeAnalysis;

namespace Orleans.Embedded.CodeGenerator;

/// <summary>What the generator cannot write for.</summary>
internal static class Problems
{
#pragma warning disable RS2008 // No release tracking for a generator that is not published.
    /// <summary>The only diagnostic.</summary>
    public static readonly DiagnosticDescriptor Descriptor = new(
        "DWA0001", "Not supported by the embedded actor runtime", "{0}: {1}", "Actors", DiagnosticSeverity.Error, true);
#pragma warning restore RS2008
}
