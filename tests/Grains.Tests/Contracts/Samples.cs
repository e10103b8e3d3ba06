using System.Collections.Immutable;
using Dwapi.Grains.Applications;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;
using Dwapi.Grains.Printing;
using Dwapi.Grains.Tenants;

namespace Dwapi.Grains.Tests.Contracts;

/// <summary>A message of every kind, each member other than its default. They never change: their bytes are compared with those of older releases.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
    private static readonly ReadOnlyMemory<byte> Bytes = new byte[] { 1, 2, 0xFE, 0xFF };
    private static readonly HmacKey Key = new("0123456789abcdef", Ascii: true);
    private static readonly MonitorKey Monitor = new("thermometer:1", "health", "thermometer");
    private static readonly SessionMonitor Session = new(Monitor, "c0ffee", "epoch-1", 41, SendLatest: true, Gap: true);
    private static readonly GrantedScope Scope = new("health", Time);
    private static readonly Measurement Value = new(42, 1_767_268_800_000, 1_767_268_800_123, Stamped: true, Bytes, Bytes);
    private static readonly ServiceProfile Profile = new("health", ["thermometer", "heart"]);
    private static readonly AttributeHead Head = new("thermometer", 42);
    private static readonly PluginParameter Parameter = new("brightness", "0.5");
    private static readonly ReportItem Item = new(
        "thermometer", 7, 1_767_268_800_000, 1_767_268_800_123, Stamped: true, Bytes, Bytes, Bytes, Continuous: true);

    private static readonly ServiceRegistration Service = new(
        "thermometer:1", "ward-3", "Thermometer", "Maker", "1.2", "BLE", Online: true, ["thermometer"], [Profile], Bytes, PluginApproval.Ask);

    /// <summary>By type.</summary>
    public static ImmutableDictionary<Type, object> All { get; } = ImmutableArray.Create<object>(
        new AccessRequest("Ward board", ["health", "servicediscovery"]),
        new AccessResult("client.secret", [Scope], 11, "No."),
        new AttachResult(Accepted: true, [Session]),
        new ClientStatus("client", "https://clinic.example", "Ward board", Approved: true, Connected: true, Time, Time.AddMinutes(1), ["health"], Time.AddDays(1)),
        new GrantRequest("192.0.2.1"),
        new GrantResult("client", 11, Key),
        Scope,
        Key,
        Monitor,
        new MonitorPosition(Monitor, 41),
        new PendingApproval("approval", "client", "https://clinic.example", "Ward board", ["health"], Time, Time.AddSeconds(55)),
        new PluginGrant("client", "token"),
        Session,
        new SessionSnapshot("https://clinic.example", Bytes, [Scope], Key),
        Head,
        new DeviceEvents("thermometer", [Value], Intermediate: true),
        new DeviceHeads("epoch-1", [Head]),
        new EventPage([Value], Gap: true, 42),
        new HistoryPage([Value], "next"),
        new HistoryQuery("thermometer", 1, 2, NewestFirst: true, "cursor", 100),
        Value,
        new OneShot(Service, Value, 42, "epoch-1"),
        PluginApproval.Ask,
        new ReportBatch("ward-3", "epoch-1", [Item]),
        Item,
        ReportOutcome.Repeat,
        new ReportResult([ReportOutcome.Committed, ReportOutcome.Refused], 10, "No."),
        Profile,
        Service,
        new AnnounceResult(["thermometer:2"], "No.", [new RefusedService("thermometer:2", 17, "No.")]),
        new RefusedService("printer:1", 11, "No."),
        new ConnectResult(15, [3, 5]),
        new EdgeHello(Bytes, "epoch-1", 41, "Ward 3", "Dwapi edge", "1.0.0", PluginApproval.Ask),
        new EdgeStatus("ward-3", "Ward 3", Enrolled: true, Enabled: true, Connected: true, "Dwapi edge", "1.0.0", Time, Lost: 3, Dropped: 4),
        new PluginAnswer(7, "No.", "client", "token", Bytes),
        new PluginCall(
            "PUT", "lamp:1", "light", "interface", "light", "https://clinic.example", "client", "token", "light", "Ward board", [Parameter]),
        Parameter,
        new ServiceChange(Service, Present: true),
        new ServiceChangePage("epoch-1", 41, [new ServiceChange(Service, Present: false)], Gap: true),
        new ServicePage([Service], More: true),
        new ContentGrant(11, "No.", "https://models.example/cube.stl", "token", TokenInUrl: true, ["models.example:443"]),
        new ContentRequest("job-1", "printer:1", "https://models.example/cube.stl", "token", Bytes),
        new ContentServerAnswer(17, "No.", Bytes),
        new PrintAnswer(16, "No.", "job-1", Bytes),
        new PrintChange("job-1", Bytes, TouchedBed: true, 3, Open: true),
        new PrinterArrangement(PrinterArrangementKind.Move, "job-1", 2),
        PrinterArrangementKind.Move,
        new PrinterView(Bytes, "job-1", BedCleared: true, ClearsItself: true),
        new PrintRequest(
            "printer:1", "https://clinic.example", "https://models.example/cube.stl", "cube.stl", "abcd", "fine", "models", Bytes, Hold: true, 5),
        new QuotaShare(12, 62.5),
        new QuotaUse("node", 12, 3)).ToImmutableDictionary(sample => sample.GetType());
}
