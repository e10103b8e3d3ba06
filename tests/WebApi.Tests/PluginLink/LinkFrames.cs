using System.Text;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Health;

namespace Dwapi.WebApi.Tests.PluginLink;

/// <summary>Frames that a plug-in with thermometers sends.</summary>
internal static class LinkFrames
{
    public const long Time = 1_767_268_800_000;

    public static ServicesFrame Services(params string[] ids) => new()
    {
        Complete = true,
        Services = [.. ids.Select(id => new ServiceAnnouncement
        {
            ServiceId = id,
            Name = $"Thermometer {id}",
            Type = "BLE",
            Scopes = ["thermometer"],
            Device = DeviceObjectWriter.ToUtf8(new DeviceObject { ProductName = "Thermo Pro", ModelNumber = "TP-1" }, hasModelName: true),
        })],
    };

    public static byte[] Events(params IEnumerable<(long Sequence, string ServiceId, string Quantities)> items)
    {
        var frame = new StringBuilder("""{"method":"EVENTS","items":[""");
        foreach (var (sequence, serviceId, quantities) in items)
        {
            frame.Append(frame[^1] == '[' ? "" : ",").Append(
                $$"""{"sequence":{{sequence}},"serviceId":"{{serviceId}}","profile":"health","attribute":"thermometer","receivedAt":{{Time}},"stamped":true,"batteryLevel":0.75,"quantities":{{quantities}}}""");
        }

        return Encoding.UTF8.GetBytes(frame.Append("]}").ToString());
    }

    public static byte[] Events(params IEnumerable<(long Sequence, string ServiceId)> items) =>
        Events(items.Select(item => (item.Sequence, item.ServiceId, Quantities(360 + (int)(item.Sequence % 50)))));

    /// <summary>Quantities of tenths of a degree.</summary>
    public static string Quantities(int tenths, long time = Time) =>
        $$$"""{"temperature":{"value":{{{tenths / 10}}}.{{{tenths % 10}}},"mderFloat":"FF{{{tenths:X6}}}","type":"Body temperature","typeCode":"150364","unit":"deg C","unitCode":"268192","timeStamp":{{{time}}},"timeStampString":"{{{Stamp(time)}}}","timeStampByPlugIn":false}}""";

    private static string Stamp(long time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyyMMddHHmmss.fff", System.Globalization.CultureInfo.InvariantCulture) + "-0000";
}
