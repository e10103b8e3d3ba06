using Dwapi.Gotapi.Health;
using Dwapi.WebApi.Tests.Hosting;

namespace Dwapi.WebApi.Tests.Gotapi;

/// <summary>The one-shot policy and the envelopes of the health profile (dwapi-health).</summary>
public sealed class HealthProfileTests(SharedHost shared)
{
    private GotapiHost Host => shared.Host;

    public static TheoryData<string> Attributes => [.. HealthAttributes.All.Select(attribute => attribute.Name)];

    [Theory]
    [MemberData(nameof(Attributes))]
    public async Task OneShot_AnswerToGet_HasTheFieldsOfTheTable(string name)
    {
        var attribute = HealthAttributes.Find(name)!;
        var device = await shared.Edge.AddHealth(attribute);
        await device.Measure("36.40");
        using var application = await Application.WithAccess(Host);
        var reply = await application.Read(device.Path, device.Query);
        Assert.Equal(["product", "version", "requestCode", "result", name], reply.Json.EnumerateObject().Select(member => member.Name));
        var part = reply.Json.GetProperty(name).GetProperty(attribute.Parts[0].Name);
        Assert.Equal("36.40", part.GetProperty("value").GetRawText());
        Assert.Equal("FE000E38", part.GetProperty("mderFloat").GetString());
        var members = reply.Json.GetProperty(name).GetProperty("device");
        Assert.Equal(device.ServiceId, members.GetProperty("serialNumber").GetString());
        Assert.Equal("0.51", members.GetProperty("batteryLevel").GetRawText());
    }

    [Fact]
    public async Task OneShot_SeveralResults_GivesTheLatestAtOnce()
    {
        var device = await shared.Edge.AddHealth(HealthAttributes.Thermometer);
        await device.Measure("36.1", "36.2", "36.3");
        using var application = await Application.WithAccess(Host);
        Assert.Equal("36.3", await Value(application, device));
    }

    [Fact]
    public async Task OneShot_StoredRecordThatArrivesLate_DoesNotReplaceTheLatest()
    {
        var device = await shared.Edge.AddHealth(HealthAttributes.Thermometer);
        await device.MeasureAt("36.1", Host.Clock.Now);
        await device.MeasureAt("40.0", Host.Clock.Now.AddHours(-1));
        using var application = await Application.WithAccess(Host);
        Assert.Equal("36.1", await Value(application, device));
    }

    [Fact]
    public async Task OneShot_OlderThanFreshness_Is16()
    {
        await using var host = await GotapiHost.Start(("Gotapi:Freshness", "00:01:00"));
        var edge = await TestEdge.Connect(host);
        var device = await edge.AddHealth(HealthAttributes.Thermometer);
        await device.Measure("36.1");
        using var application = await Application.WithAccess(host);
        Assert.Equal("36.1", await Value(application, device));
        host.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(16, (await application.Read(device.Path, device.Query)).Error);
    }

    [Theory]
    [InlineData("serviceId")]
    [InlineData("serviceID")]
    public async Task OneShot_ServiceIdSpelling_BothAreAccepted(string name)
    {
        var device = await shared.Edge.AddHealth(HealthAttributes.Thermometer);
        await device.Measure("36.1");
        using var application = await Application.WithAccess(Host);
        Assert.Equal(0, (await application.Read(device.Path, $"{name}={device.ServiceId}&unknown=1")).Error);
    }

    [Theory]
    [InlineData("/gotapi/HEALTH/Thermometer")]
    [InlineData("/gotapi/get/health/thermometer")]
    [InlineData("/GotApi/health/thermometer/")]
    public async Task OneShot_PathSpelling_IsTolerated(string path)
    {
        var device = await shared.Edge.AddHealth(HealthAttributes.Thermometer);
        await device.Measure("36.1");
        using var application = await Application.WithAccess(Host);
        Assert.Equal(0, (await application.Get($"{path}?accessToken={application.Token}&{device.Query}")).Error);
    }

    [Theory]
    [InlineData("health")]
    [InlineData("thermometer")]
    public async Task Decision03_HealthOrDiscoveryScope_OpensTheAttribute(string scope)
    {
        var device = await shared.Edge.AddHealth(HealthAttributes.Thermometer);
        await device.Measure("36.1");
        using var application = await Application.WithAccess(Host, scope);
        Assert.Equal(0, (await application.Read(device.Path, device.Query)).Error);
    }

    [Theory]
    [InlineData("weight", 16)]
    [InlineData("bca", 16)]
    [InlineData("heart", 14)]
    [InlineData("thermometer", 14)]
    public async Task Decision03_ScopesOfWeight_AreWeightAndBca(string scope, int error)
    {
        var device = await shared.Edge.AddHealth(HealthAttributes.Weight);
        using var application = await Application.WithAccess(Host, scope);
        Assert.Equal(error, (await application.Read(device.Path, device.Query)).Error);
    }

    [Fact]
    public async Task Decision04_OfflineEdge_DoesNotBlockTheStoredLatest()
    {
        var edge = await TestEdge.Connect(Host);
        var device = await edge.AddHealth(HealthAttributes.Thermometer);
        await device.Measure("36.1");
        await edge.Disconnect();
        using var application = await Application.WithAccess(Host);
        Assert.Equal("36.1", await Value(application, device));
    }

    [Fact]
    public async Task Decision06_RequestCode_IsACounterAboveZero()
    {
        var device = await shared.Edge.AddHealth(HealthAttributes.Thermometer);
        await device.Measure("36.1");
        using var application = await Application.WithAccess(Host);
        var first = (await application.Read(device.Path, device.Query)).Json.GetProperty("requestCode").GetInt32();
        var second = (await application.Read(device.Path, device.Query)).Json.GetProperty("requestCode").GetInt32();
        Assert.True(first > 0);
        Assert.True(second > first);
    }

    [Fact]
    public async Task Decision10_Measurement_ComesAsTheBytesThatThePlugInSent()
    {
        var device = await shared.Edge.AddHealth(HealthAttributes.Thermometer);
        const string Odd = """ "temperature" : {"value":36.400,"mderFloat":"FD008E30" , "x":"\u00e9"}""";
        var item = new Dwapi.Grains.Devices.ReportItem(
            "thermometer", 0, 1, 1, false, default, "0.5"u8.ToArray(), System.Text.Encoding.UTF8.GetBytes(Odd));
        await device.Grain.Report(new Dwapi.Grains.Devices.ReportBatch(device.EdgeId, "epoch", [item]), CancellationToken.None);
        using var application = await Application.WithAccess(Host);
        Assert.Contains(Odd, (await application.Read(device.Path, device.Query)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnswerToPut_HasDeviceOnlyAndACursor()
    {
        var device = await shared.Edge.AddHealth(HealthAttributes.Thermometer);
        await device.Measure("36.1", "36.2");
        using var application = await Application.WithAccess(Host);
        var reply = await application.Put(device.Path, device.Query);
        Assert.Equal(
            ["product", "version", "requestCode", "result", "thermometer", "cursor"], reply.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["device"], reply.Json.GetProperty("thermometer").EnumerateObject().Select(member => member.Name));
        Assert.False(reply.Json.GetProperty("thermometer").GetProperty("device").TryGetProperty("batteryLevel", out _));
        Assert.EndsWith(".2", reply.String("cursor"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnswerToDelete_IsTheBareEnvelope()
    {
        var device = await shared.Edge.AddHealth(HealthAttributes.Thermometer);
        using var application = await Application.WithAccess(Host);
        await application.Put(device.Path, device.Query);
        foreach (var _ in new[] { 1, 2 })
        {
            var reply = await application.Delete(device.Path, device.Query);
            Assert.Equal(["product", "version", "result"], reply.Json.EnumerateObject().Select(member => member.Name));
        }
    }

    [Fact]
    public async Task MethodOverride_PutAndDeleteByGet_StartAndStop()
    {
        var device = await shared.Edge.AddHealth(HealthAttributes.Thermometer);
        using var application = await Application.WithAccess(Host);
        Assert.True((await application.Read("put/" + device.Path, device.Query)).Has("cursor"));
        Assert.Equal(0, (await application.Read("delete/" + device.Path, device.Query)).Error);
    }

    private static async Task<string> Value(Application application, TestDevice device)
    {
        var reply = await application.Read(device.Path, device.Query);
        Assert.Equal(0, reply.Error);
        return reply.Json.GetProperty("thermometer").GetProperty("temperature").GetProperty("value").GetRawText();
    }
}
