using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Time;
using Dwapi.Gotapi.Validation;
using Dwapi.Grains.Devices;

namespace Dwapi.WebApi.PluginLink.Ingest;

/// <summary>The door of measurements: envelope and schema are checked here, once; inside, nobody parses them again (DECISIONS 10).</summary>
internal static class ItemDoor
{
    /// <summary>Makes a report of an item, or says why it is refused for ever.</summary>
    public static bool TryAdmit(in EventItem item, out ReportItem? report, out ItemRefusal refusal)
    {
        report = null;
        if (item.Refusal.IsRefused)
        {
            refusal = new ItemRefusal(GotapiErrors.InvalidRequestParameter, item.Refusal.Message);
            return false;
        }

        if (PrintingDoor.IsPrinting(item.Profile))
        {
            return PrintingDoor.TryAdmit(item, out report, out refusal);
        }

        if (!TryFind(item.Profile, item.Attribute, out var attribute, out refusal))
        {
            return false;
        }

        var quantities = HealthObjectValidator.Validate(attribute!, item.Quantities);
        if (quantities.Refusal.IsRefused)
        {
            refusal = new ItemRefusal(GotapiErrors.InvalidRequestParameter, quantities.Refusal.Message);
            return false;
        }

        report = Report(attribute!, item.Sequence, item.ReceivedAt, item.Stamped, quantities, item.BatteryLevel) with
        {
            Identity = item.Identity is { } identity ? identity.ToBytes() : default,
            Continuous = item.Continuous,
        };
        return true;
    }

    /// <summary>Makes a report of an event in the shape of the health texts, or says why it is refused for ever.</summary>
    public static bool TryAdmit(EventFrame frame, long receivedAt, out ReportItem? report, out ItemRefusal refusal)
    {
        report = null;
        if (!TryFind(frame.Profile, frame.Attribute, out var attribute, out refusal))
        {
            return false;
        }

        var slices = TsObjectSplitter.Split(attribute!, frame.Members);
        var quantities = slices.Refusal.IsRefused ? default : HealthObjectValidator.Validate(attribute!, slices.Quantities, frame.Intermediate);
        var fault = slices.Refusal.IsRefused ? slices.Refusal : quantities.Refusal;
        if (fault.IsRefused)
        {
            refusal = new ItemRefusal(GotapiErrors.InvalidRequestParameter, fault.Message);
            return false;
        }

        report = Report(attribute!, frame.Sequence ?? 0, receivedAt, !quantities.TimeStampByPlugIn, quantities, slices.BatteryLevel) with
        {
            Continuous = frame.Continuous,
        };
        return true;
    }

    private static ReportItem Report(
        HealthAttribute attribute, long sequence, long receivedAt, bool stamped, in HealthValidation quantities, ReadOnlyMemory<byte> battery)
    {
        var measuredAt = MeasurementTimeRule.Date(quantities.MeasuredAt, receivedAt, out var ahead);
        return new ReportItem(
            attribute.Name, sequence, measuredAt, receivedAt, stamped && !ahead, default, battery, HealthSlices.Inner(quantities.Quantities));
    }

    /// <summary>The health attribute of a profile and an attribute; only those are measurements.</summary>
    private static bool TryFind(string profile, string attribute, out HealthAttribute? found, out ItemRefusal refusal)
    {
        found = null;
        refusal = default;
        if (!profile.Equals(HealthAttributes.Profile, StringComparison.OrdinalIgnoreCase))
        {
            refusal = new ItemRefusal(GotapiErrors.NotSupportProfile, "Measurements belong to the profiles health and 3dp.");
            return false;
        }

        found = HealthAttributes.Find(attribute);
        if (found is null)
        {
            refusal = new ItemRefusal(GotapiErrors.UnknownAttribute, "The profile health does not define that attribute.");
        }

        return found is not null;
    }
}
