using System.Text.Json;
using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Printing;
using Dwapi.Grains.Devices;

namespace Dwapi.WebApi.PluginLink.Ingest;

/// <summary>The door of what edges report of printers and jobs; what is behind it can be read.</summary>
internal static class PrintingDoor
{
    /// <summary>Whether a profile is that of printers.</summary>
    public static bool IsPrinting(string profile) => profile.Equals(PrintingProfile.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes a report of an item, or says why it is refused for ever.</summary>
    public static bool TryAdmit(in EventItem item, out ReportItem? report, out ItemRefusal refusal)
    {
        report = null;
        refusal = default;
        var attribute = item.Attribute.ToLowerInvariant();
        if (attribute is not (PrintingProfile.Information or PrintingProfile.Job))
        {
            refusal = new ItemRefusal(GotapiErrors.UnknownAttribute, "Of a printer an edge reports information and job.");
            return false;
        }

        try
        {
            var good = attribute == PrintingProfile.Information ? IsSnapshot(item.Quantities.Span) : JobOf(item.Quantities.Span) is not null;
            if (!good)
            {
                refusal = new ItemRefusal(GotapiErrors.InvalidRequestParameter, $"A member of {attribute} is not as docs/printing.md says.");
                return false;
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // The text of a JsonException can quote a value.
            refusal = new ItemRefusal(GotapiErrors.InvalidRequestParameter, $"A member of {attribute} is missing or of the wrong kind.");
            return false;
        }

        report = new ReportItem(
            attribute, item.Sequence, item.ReceivedAt, item.ReceivedAt, Stamped: false, default, item.BatteryLevel, HealthSlices.Inner(item.Quantities));
        return true;
    }

    /// <summary>The job of an admitted report.</summary>
    public static string JobOf(ReportItem report) => PrintingSlices.Read(report.Quantities, PrintingJson.Default.PrintJobReport)!.JobId;

    private static bool IsSnapshot(ReadOnlySpan<byte> quantities)
    {
        return JsonSerializer.Deserialize(quantities, PrintingJson.Default.PrinterSnapshot) is { } snapshot
            && PrintTypes.All.Contains(snapshot.PrintAttribute.PrintType)
            && snapshot.Status.Progress is null or (>= 0 and <= 1)
            && snapshot.PrintQueue.All(entry => entry.Uri.Length <= LinkLimits.MaxTextBytes && entry.Order >= 0);
    }

    private static string? JobOf(ReadOnlySpan<byte> quantities)
    {
        return JsonSerializer.Deserialize(quantities, PrintingJson.Default.PrintJobReport) is
        { Number: > 0, Progress: null or (>= 0 and <= 1), EstimatedSeconds: null or >= 0, FilamentMillimetres: null or >= 0 } report
            && ServiceIdRule.IsValid(report.JobId) ? report.JobId : null;
    }
}
