using System.Globalization;
using System.Text;

namespace Dwapi.WebApi.Fhir;

/// <summary>
/// Ids of resources: FHIR has letters, digits, <c>-</c> and <c>.</c> only, so the other characters of a service id are written with a
/// dot. The id of a measurement names its device, attribute and sequence, so that reading it needs no index.
/// </summary>
internal static class FhirId
{
    public static string OfDevice(string serviceId)
    {
        var id = new StringBuilder(serviceId.Length + 4);
        foreach (var c in serviceId)
        {
            _ = c switch
            {
                '.' => id.Append(".d"),
                ':' => id.Append(".c"),
                '_' => id.Append(".u"),
                _ => id.Append(c),
            };
        }

        return id.ToString();
    }

    public static string OfObservation(string serviceId, string attribute, long sequence) =>
        string.Create(CultureInfo.InvariantCulture, $"{OfDevice(serviceId)}-{attribute}-{sequence}");

    /// <summary>The service id of a device's id; null when it is none.</summary>
    public static string? ServiceOf(string id)
    {
        var service = new StringBuilder(id.Length);
        for (var i = 0; i < id.Length; i++)
        {
            if (id[i] != '.')
            {
                service.Append(id[i]);
                continue;
            }

            i++;
            char? escaped = i == id.Length ? null : id[i] switch { 'd' => '.', 'c' => ':', 'u' => '_', _ => null };
            if (escaped is not { } c)
            {
                return null;
            }

            service.Append(c);
        }

        return service.Length == 0 ? null : service.ToString();
    }

    /// <summary>What a measurement's id names; null when it is none.</summary>
    public static (string ServiceId, string Attribute, long Sequence)? ObservationOf(string id)
    {
        var last = id.LastIndexOf('-');
        var first = last > 0 ? id.LastIndexOf('-', last - 1) : -1;
        return first > 0
            && long.TryParse(id.AsSpan(last + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            && ServiceOf(id[..first]) is { } service
            ? (service, id[(first + 1)..last], sequence)
            : null;
    }
}
