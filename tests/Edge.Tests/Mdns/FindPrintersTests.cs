using System.Net;
using System.Text.Json;
using Dwapi.Edge.Commands;
using Dwapi.Edge.Mdns;
using Dwapi.Edge.Tests.Commands;
using Dwapi.Edge.Tests.Support;

namespace Dwapi.Edge.Tests.Mdns;

/// <summary>The search for printers, by real multicast on the loopback.</summary>
public sealed class FindPrintersTests
{
    private static readonly string[] Octo = ["_octoprint", "_tcp", "local"];
    private static readonly string[] Moonraker = ["_moonraker", "_tcp", "local"];
    private static readonly string[] Ipps = ["_ipps-3d", "_tcp", "local"];

    [Fact]
    public async Task Find_ListsWhoAnswers_WithTheSettingsToAdd()
    {
        // All at once, piece by piece as asked, and nonsense before.
        string[] voron = ["Voron in room 4\e[2J", .. Moonraker];
        await using var all = MdnsResponder.Start(question => question == "12 _moonraker._tcp.local"
            ? new DnsMessage().Pointer(Moonraker, voron).Service(voron, 7125, ["Voron-4", "local"]).Text(voron).Address(["Voron-4", "local"], "169.254.1.1").Address(["Voron-4", "local"], "10.1.1.4").Bytes
            : null);
        string[] resin = ["Resin", .. Ipps];
        await using var pieces = MdnsResponder.Start(question => question switch
        {
            "12 _ipps-3d._tcp.local" => new DnsMessage().Pointer(Ipps, resin).Bytes,
            "33 Resin._ipps-3d._tcp.local" => new DnsMessage().Service(resin, 631, ["resin", "local"]).Bytes,
            "16 Resin._ipps-3d._tcp.local" => new DnsMessage().Text(resin, "rp=ipp/print3d", "ty=Resin").Bytes,
            "1 resin.local" => new DnsMessage().Address(["resin", "local"], "10.1.1.5").Bytes,
            _ => null,
        });
        await using var nonsense = MdnsResponder.Start(_ => new DnsMessage().Header(0x8400, 0, 1).Raw(0xC0, 12).Bytes);

        var (exit, output, error) = await EdgeCommandTests.RunAsync("printers", "find", "--interface", "127.0.0.1", "--seconds", "60", "--count", "2");

        Assert.Equal(ExitCode.Ok, exit);
        Assert.Contains("asking for 60 s on 127.0.0.1", error, StringComparison.Ordinal);
        Assert.Contains("Voron in room 4[2J  Moonraker  http://10.1.1.4:7125  (Voron-4.local)", output, StringComparison.Ordinal);
        Assert.Contains("{ \"id\": \"voron-4\", \"kind\": \"Moonraker\", \"address\": \"http://10.1.1.4:7125\" }", output, StringComparison.Ordinal);
        Assert.Contains("Resin  Ipp  ipps://10.1.1.5:631/ipp/print3d  (resin.local)", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', output);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Find_InJson_IsOneObject(bool toGroup)
    {
        string[] instance = [$"Octo {toGroup} on pi", "lan", .. Octo];
        await using var responder = MdnsResponder.Start(
            question => question == "12 _octoprint._tcp.local"
                ? new DnsMessage().Pointer(Octo, instance).Service(instance, 80, ["octopi", "local"]).Text(instance, "path=/octo/").Address(["octopi", "local"], "10.1.1.6").Bytes
                : null,
            toGroup);

        var (exit, output, _) = await EdgeCommandTests.RunAsync("printers", "find", "--interface", "127.0.0.1", "--seconds", "60", "--count", "1", "--json");

        Assert.Equal(ExitCode.Ok, exit);
        var found = JsonDocument.Parse(output).RootElement.GetProperty("printers").EnumerateArray().Single(printer => printer.GetProperty("name").GetString() == $"Octo {toGroup} on pi.lan");
        Assert.Equal(("OctoPrint", "http://10.1.1.6:80/octo"), (found.GetProperty("kind").GetString(), found.GetProperty("address").GetString()));
    }

    [Fact]
    public async Task Querier_AsksAgainForWhatGotLost_AndEndsWhenToldTo()
    {
        var asked = 0;
        string[] instance = ["Late", .. Moonraker];
        await using var responder = MdnsResponder.Start(question => question == "12 _moonraker._tcp.local" && Interlocked.Increment(ref asked) > 1
            ? new DnsMessage().Pointer(Moonraker, instance).Service(instance, 80, ["late", "local"]).Address(["late", "local"], "fe80::1").Bytes
            : null);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Patience.Token);

        var found = await new MdnsQuerier(TimeProvider.System).AskAsync(
            [DnsName.Parse("_moonraker._tcp.local")], [IPAddress.Loopback],
            known =>
            {
                if (known.Any(printer => printer.Name == "Late"))
                    stop.Cancel();
            },
            stop.Token);

        var late = Assert.Single(found, printer => printer.Name == "Late");
        Assert.Equal("fe80::1", late.Addresses[0].ToString());
        Assert.True(asked > 1);
    }

    [Theory]
    [InlineData("--interface 127.0.0.1 --seconds 0.1", ExitCode.Ok, "No printer answers")]
    [InlineData("--interface 192.0.2.200 --seconds 0.1", ExitCode.Unwell, "cannot be asked")]
    [InlineData("--interface eth0", ExitCode.Configuration, "no IPv4 address")]
    [InlineData("--seconds 0", ExitCode.Configuration, "0.1 to 600")]
    [InlineData("--seconds 601", ExitCode.Configuration, "0.1 to 600")]
    public async Task Find_ThatCannotOrFindsNothing_SaysWhatToDo(string arguments, int expected, string text)
    {
        var (exit, output, error) = await EdgeCommandTests.RunAsync(["printers", "find", .. arguments.Split(' ')]);

        Assert.Equal(expected, exit);
        Assert.Contains(text, output + error, StringComparison.Ordinal);
    }
}
