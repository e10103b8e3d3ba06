using System.Text.Json;
using Dwapi.EndToEnd.Tests.Faults;
using Dwapi.EndToEnd.Tests.Hosts;
using Dwapi.Gotapi.Health;

namespace Dwapi.EndToEnd.Tests.Applications;

/// <summary>
/// A real bluetoothd with a real adapter, and a health device in sight that measures on and on or is used again and again while the test runs; host
/// and edge are processes as installed. DWAPI_BLUEZ_BUS is the bus (<c>unix:path=/run/dbus/system_bus_socket</c> is the system's), DWAPI_BLUEZ_DEVICE
/// the address of the device; the first that measures without it.
/// </summary>
public sealed class RealBluetoothTests
{
    private const string Missing =
        "Needs bluetoothd with an adapter and a health device in sight: DWAPI_BLUEZ_BUS=unix:path=/run/dbus/system_bus_socket, and DWAPI_BLUEZ_DEVICE=AA:BB:CC:00:11:22 where there are several.";

    public static bool HasBluetooth => Bus is not null;

    private static string? Bus => Environment.GetEnvironmentVariable("DWAPI_BLUEZ_BUS");

    private static string? Wanted => Environment.GetEnvironmentVariable("DWAPI_BLUEZ_DEVICE");

    [Fact(Skip = Missing, SkipUnless = nameof(HasBluetooth), Timeout = 300_000)]
    public async Task Device_IsSeenAllowedAndRead_AndAgainAfterTheEdgeWasKilled()
    {
        await using var host = new HostProcess();
        await host.StartAsync();
        var (config, _) = await EdgeSettings.WriteAsync(host, new { enabled = true, bus = Bus });
        using var application = new ApplicationClient(host.Url, "https://ward.example");
        using var @operator = host.Operator();
        var access = application.RequestAccess("serviceDiscovery,health");
        await @operator.Decide(await @operator.FirstPendingApproval(), approve: true);
        await access;

        string service;
        await using (var edge = Run(config))
        {
            await Eventually.True(async () => (await InSightAsync(config)).Length > 0, "a health device is in sight");
            Assert.Empty(await ServicesAsync(application));
            foreach (var address in await InSightAsync(config))
                await AllowAsync(config, address);
            service = await MeasuringAsync(application);
            await edge.KillAsync();
        }

        var killed = DateTimeOffset.UtcNow;
        await using var next = Run(config);
        await Eventually.True(async () => await LatestAsync(application, service) > killed, $"a measurement of {service} after the edge was killed");

        // In order: it lets the devices go.
        await next.TerminateAsync();
        await next.ExitAsync();
    }

    private static ChildProcess Run(string config) => new(ChildProcess.Program("Edge", "dwapi-edge.dll"), "run", "--config", config);

    /// <summary>Addresses of the devices that the edge has heard, or of the wanted one.</summary>
    private static async Task<string[]> InSightAsync(string config)
    {
        await using var devices = new ChildProcess(ChildProcess.Program("Edge", "dwapi-edge.dll"), "devices", "--config", config, "--json");
        Assert.Equal(0, await devices.ExitAsync());
        return [.. Seen(devices.Output).Where(address => Wanted is not { } wanted || string.Equals(address, wanted, StringComparison.OrdinalIgnoreCase))];
    }

    // What the edge tells is not there before it ran for a moment.
    private static IEnumerable<string> Seen(string output) => JsonElement.Parse(output).TryGetProperty("running", out var running)
        ? running.GetProperty("devices").EnumerateArray().Select(device => device.GetProperty("address").GetString()!) : [];

    private static async Task AllowAsync(string config, string address)
    {
        await using var allow = new ChildProcess(ChildProcess.Program("Edge", "dwapi-edge.dll"), "devices", "--config", config, "--allow", address);
        Assert.Equal(0, await allow.ExitAsync());
    }

    private static async Task<string[]> ServicesAsync(ApplicationClient application) =>
    [
        .. (await application.Expect("GET", $"/gotapi/serviceDiscovery?accessToken={application.Token}"))
            .GetProperty("services").EnumerateArray().Select(service => service.GetProperty("id").GetString()!)
            .Where(id => id.StartsWith("ble-", StringComparison.Ordinal)),
    ];

    /// <summary>The first service that has measured.</summary>
    private static async Task<string> MeasuringAsync(ApplicationClient application)
    {
        string? found = null;
        await Eventually.True(
            async () =>
            {
                foreach (var service in await ServicesAsync(application))
                {
                    if (await LatestAsync(application, service) is not null)
                        found = service;
                }

                return found is not null;
            },
            "a measurement at GotAPI");
        return found!;
    }

    /// <summary>When the last value of a service was measured; null if it has none.</summary>
    private static async Task<DateTimeOffset?> LatestAsync(ApplicationClient application, string service)
    {
        DateTimeOffset? latest = null;
        foreach (var attribute in HealthAttributes.All)
        {
            var answer = await application.Health("GET", attribute.Name, service);
            if (answer.GetProperty("result").GetInt32() == 0)
                latest = Stamps(answer.GetProperty(attribute.Name)).Append(latest).Max();
        }

        return latest;
    }

    private static IEnumerable<DateTimeOffset?> Stamps(JsonElement measured) => measured.EnumerateObject()
        .Where(member => member.Value.ValueKind == JsonValueKind.Object && member.Value.TryGetProperty("timeStamp", out _))
        .Select(member => (DateTimeOffset?)DateTimeOffset.FromUnixTimeMilliseconds(member.Value.GetProperty("timeStamp").GetInt64()));
}
