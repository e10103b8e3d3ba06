using Dwapi.Gotapi.Health;
using Dwapi.WebApi.Tests.Hosting;

namespace Dwapi.WebApi.Tests.Gotapi;

/// <summary>A new application from nothing to a measurement (gotapi-1.1 section 10, flow A).</summary>
public sealed class FirstContactTests(SharedHost shared)
{
    [Fact]
    public async Task FirstContact_AvailabilityToOneShot_GivesTheMeasurement()
    {
        var device = await shared.Edge.AddHealth(HealthAttributes.Thermometer);
        await device.Measure("36.40");
        using var application = new Application(shared.Host);

        var availability = await application.Get("/gotapi/availability");
        Assert.Equal("Dwapi", availability.String("product"));
        await application.GetAccess();
        var discovery = await application.Read("serviceDiscovery");
        Assert.Contains(discovery.Json.GetProperty("services").EnumerateArray(), service => service.GetProperty("id").GetString() == device.ServiceId);
        var reading = await application.Read(device.Path, device.Query);

        Assert.Equal("36.40", reading.Json.GetProperty("thermometer").GetProperty("temperature").GetProperty("value").GetRawText());
    }
}
