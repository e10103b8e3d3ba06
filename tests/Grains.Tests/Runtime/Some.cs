using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;

namespace Dwapi.Grains.Tests.Runtime;

/// <summary>Ordinary values, of which a test changes the one that it is about.</summary>
internal static class Some
{
    public const string Thermometer = "thermometer";

    public static readonly long Time = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public static ServiceRegistration Service(string serviceId = "dev", bool online = true) => new(
        serviceId, "", "Thermometer", "", "", "BLE", online, [Thermometer], [new ServiceProfile("health", [Thermometer])], default, PluginApproval.Automatic);

    public static ReportItem Item(long edgeSequence = 0, long at = 0, long receivedAt = 0, bool stamped = false, string attribute = Thermometer) => new(
        attribute, edgeSequence, Time + at, Time + (receivedAt == 0 ? at : receivedAt), stamped, default, "1.0"u8.ToArray(), Encoding.UTF8.GetBytes($"\"n\":{at}"));

    public static ReportBatch Batch(params ImmutableArray<ReportItem> items) => new("edge", "epoch", items);

    public static EdgeHello Hello(string key, string epoch = "epoch", long acknowledged = 0) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes(key)), epoch, acknowledged, "Ward 3", "dwapi-edge", "0.1", PluginApproval.Automatic);

    public static PluginCall Call => new("GET", "dev", "light", "", "onoff", GrainHost.Origin, "", "", "", "", []);

    public static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);
}
