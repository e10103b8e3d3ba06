using System.Globalization;

namespace Dwapi.Gotapi.Printing;

/// <summary>
/// What the host knows of a job, for an edge that has lost it: the edge goes on numbering there, and finds the print by the name of its file.
/// Travels as text parameters of an order or of the command to stop.
/// </summary>
/// <param name="Reported">Number of the last report that the host has; 0 for none.</param>
/// <param name="State">Where the host has the job.</param>
/// <param name="RemoteName">Name of the file on the printer as it was reported; "" before.</param>
/// <param name="Again">An edge had the job before, and may have started it without a word.</param>
public sealed record PrintJobTrace(long Reported, PrintJobState State, string RemoteName, bool Again = false)
{
    /// <summary>A job of which nothing was reported.</summary>
    public static readonly PrintJobTrace None = new(0, PrintJobState.Fetching, "");

    /// <summary>As parameters of a request.</summary>
    public IEnumerable<KeyValuePair<string, string>> ToParameters() =>
    [
        new("reported", Reported.ToString(CultureInfo.InvariantCulture)),
        new("state", PrintWords.Of(State)),
        new("remoteName", RemoteName),
        new("again", Again ? "true" : "false"),
    ];

    /// <summary>Reads the parameters of a request; null when one of them is given and is not as it should be.</summary>
    public static PrintJobTrace? FromParameters(IReadOnlyDictionary<string, string> parameters)
    {
        var reported = parameters.GetValueOrDefault("reported", "0");
        var state = parameters.GetValueOrDefault("state", PrintWords.Of(None.State));
        var again = parameters.GetValueOrDefault("again", "false");
        return long.TryParse(reported, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && PrintWords.Find<PrintJobState>(state) is { } found
            && again is "true" or "false"
            ? new PrintJobTrace(number, found, parameters.GetValueOrDefault("remoteName", ""), again == "true")
            : null;
    }
}
