using System.Collections.Immutable;

namespace Dwapi.Gotapi.Printing;

/// <summary>The vocabulary of <c>printType</c>: one word per technology of the OCF enumeration.</summary>
public static class PrintTypes
{
    /// <summary>Not known.</summary>
    public const string Unknown = "UNKNOWN";

    /// <summary>Fused deposition modelling, the word of the text's example.</summary>
    public const string Fdm = "FDM";

    /// <summary>All words.</summary>
    public static readonly ImmutableArray<string> All = [Fdm, "FFF", "DLP", "SLA", "SLS", "PBIH", "PJ", "LOM", Unknown];
}
