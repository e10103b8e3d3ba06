using System.Collections.Immutable;

namespace Dwapi.Gotapi.Printing;

/// <summary>Names of the profile <c>3dp</c> (DWAPI-3DP) and of what edge and host say to each other about printing.</summary>
public static class PrintingProfile
{
    /// <summary>The profile.</summary>
    public const string Name = "3dp";

    /// <summary>Device, attributes and status of a printer, and the asynchronous messages.</summary>
    public const string Information = "information";

    /// <summary>Status and queue of a printer.</summary>
    public const string Status = "status";

    /// <summary>Starts and stops jobs.</summary>
    public const string PrintingCommand = "printingcommand";

    /// <summary>Lists content servers.</summary>
    public const string ContentServer = "contentserver";

    /// <summary>On the link only: orders, commands and reports of jobs.</summary>
    public const string Job = "job";

    /// <summary>Scopes of discovery and of tokens: the text says one here and the other there, so both open everything.</summary>
    public static readonly ImmutableArray<string> Scopes = [Name, "3dprinter"];

    /// <summary>The attributes that applications call.</summary>
    public static readonly ImmutableArray<string> Attributes = [Information, Status, PrintingCommand, ContentServer];

    /// <summary>The attribute in its definition's spelling; null for one that the profile does not define.</summary>
    public static string? FindAttribute(ReadOnlySpan<char> name)
    {
        foreach (var attribute in Attributes)
        {
            if (name.Equals(attribute, StringComparison.OrdinalIgnoreCase))
                return attribute;
        }

        return null;
    }
}
