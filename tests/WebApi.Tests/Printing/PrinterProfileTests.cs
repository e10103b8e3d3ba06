using System.Text.Json;
using Dwapi.Gotapi.Printing;
using Dwapi.WebApi.Tests.Hosting;

namespace Dwapi.WebApi.Tests.Printing;

/// <summary>Information, status and asynchronous messages of the profile 3dp, over a real link.</summary>
public sealed class PrinterProfileTests(PrintingHost shared) : IClassFixture<PrintingHost>
{
    private GotapiHost Host => shared.Host;

    [Theory]
    [InlineData("3dp/information", "serviceId")]
    [InlineData("3DP/Status", "serviceID")]
    public async Task Hsf01_InformationAndStatus_HaveDeviceAttributesAndStatus(string path, string name)
    {
        await using var printer = await TestPrinter.Connect(Host);
        await printer.Report(OperatingStatus.Printing, nozzle: 210.5, progress: 0.25);
        using var application = await Application.WithAccess(Host);

        var reply = await application.Read(path, $"{name}={printer.ServiceId}");

        Assert.True(reply.Json.GetProperty("requestCode").GetInt32() > 0);
        var printed = reply.Json.GetProperty("3dp");
        Assert.Equal(["3dp", "3dprinter"], printed.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
        Assert.Equal("WiFi", printed.GetProperty("type").GetString());
        Assert.True(printed.GetProperty("online").GetBoolean());
        Assert.Equal(
            ["productName", "manufacturerName", "modelNumber", "firmwareRevision", "serialNumber", "softwareRevision", "hardwareRevision", "partNumber", "protocolRevision", "systemId"],
            printed.GetProperty("device").EnumerateObject().Select(member => member.Name));
        var attributes = printed.GetProperty("printAttribute");
        Assert.Equal(("FDM", 250, "WiFi", 512), (
            attributes.GetProperty("printType").GetString(), attributes.GetProperty("printSizeX").GetDouble(), attributes.GetProperty("network").GetString(), attributes.GetProperty("memory").GetDouble()));
        var status = printed.GetProperty("status");
        Assert.Equal("printing", status.GetProperty("operatingStatus").GetString());
        Assert.Equal(210.5, status.GetProperty("nozzleTemperature").GetDouble());
        Assert.Equal(23, status.GetProperty("timeStampString").GetString()!.Length);
        Assert.True(status.GetProperty("timeStampByPlugIn").GetBoolean());
    }

    [Fact]
    public async Task Beh01_OneShot_IsTheLatestResultAtOnce()
    {
        await using var printer = await TestPrinter.Connect(Host);
        await printer.Report(OperatingStatus.Idle, nozzle: 20);
        await printer.Report(OperatingStatus.Heating, nozzle: 60);
        using var application = await Application.WithAccess(Host);

        Assert.Equal("heating", StatusOf(await application.Read("3dp/information", printer.Query)));
    }

    [Fact]
    public async Task Beh02_NoResultYet_Is16()
    {
        await using var printer = await TestPrinter.Connect(Host);
        using var application = await Application.WithAccess(Host);
        await Discovered(application, printer);

        Assert.Equal(16, (await application.Read("3dp/information", printer.Query)).Error);
        Assert.Equal(16, (await application.Read("3dp/status", printer.Query)).Error);
    }

    [Fact]
    public async Task Decision05_LinkDown_IsTheSnapshotOffline()
    {
        await using var printer = await TestPrinter.Connect(Host);
        await printer.Report(OperatingStatus.Idle);
        using var application = await Application.WithAccess(Host);

        await printer.Close();
        Reply reply;
        do
        {
            reply = await application.Read("3dp/status", printer.Query);
            Assert.Equal(0, reply.Error);
        }
        while (StatusOf(reply) != "offline");

        Assert.False(reply.Json.GetProperty("3dp").GetProperty("online").GetBoolean());
    }

    [Theory]
    [InlineData("3dp/nozzle", "GET", 8)]
    [InlineData("3dp/information", "POST", 3)]
    [InlineData("3dp/contentserver", "PUT", 3)]
    [InlineData("3dp/status", "GET", 6, "nobody")]
    [InlineData("3dp/status", "GET", 5, "")]
    public async Task Beh05_WrongCalls_HaveTheErrorsOfTheTable(string path, string method, int error, string? serviceId = null)
    {
        await using var printer = await TestPrinter.Connect(Host);
        await printer.Report(OperatingStatus.Idle);
        using var application = await Application.WithAccess(Host);

        Assert.Equal(error, (await application.Call(new HttpMethod(method), path, "serviceId=" + (serviceId ?? printer.ServiceId))).Error);
    }

    [Theory]
    [InlineData("3dp")]
    [InlineData("3dprinter")]
    public async Task Beh06_EitherScope_OpensEverything_AnotherOneIs14(string scope)
    {
        await using var printer = await TestPrinter.Connect(Host);
        await printer.Report(OperatingStatus.Idle);
        using var application = await Application.WithAccess(Host, scope);
        using var stranger = await Application.WithAccess(Host, "health");

        Assert.Equal(0, (await application.Read("3dp/information", printer.Query)).Error);
        Assert.Equal(14, (await stranger.Read("3dp/information", printer.Query)).Error);
    }

    [Fact]
    public async Task Beh05_Discovery_ShowsBothScopes()
    {
        await using var printer = await TestPrinter.Connect(Host);
        using var application = await Application.WithAccess(Host);

        var service = await Discovered(application, printer);

        Assert.Equal("3dp,3dprinter", string.Join(',', service.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString())));
        Assert.Equal("WiFi", service.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Beh03_Subscribe_GetsTheLatestAtOnce_AndNothingWhenThereIsNone()
    {
        await using var printer = await TestPrinter.Connect(Host);
        using var application = await Application.WithAccess(Host);
        await Discovered(application, printer);
        await using var socket = await TestSocket.Connect(application);
        Assert.Equal(0, (await application.Put("3dp/information", printer.Query)).Error);
        await printer.Report(OperatingStatus.Idle, nozzle: 20);

        // The first frame is the first result: nothing came before.
        Assert.Equal(1, (await socket.Next()).GetProperty("sequence").GetInt64());

        await application.Put("3dp/information", printer.Query);
        var frame = await socket.Next();

        Assert.Equal(1, frame.GetProperty("sequence").GetInt64());
        Assert.Equal(printer.ServiceId, frame.GetProperty("serviceId").GetString());
        Assert.Equal("idle", frame.GetProperty("3dp").GetProperty("status").GetProperty("operatingStatus").GetString());
        Assert.True(frame.GetProperty("3dp").TryGetProperty("printAttribute", out _));
    }

    [Fact]
    public async Task Beh04_Events_AreEveryChangeAndNothingElse()
    {
        await using var host = await GotapiHost.Start();
        await using var printer = await TestPrinter.Connect(host);
        await printer.Report(OperatingStatus.Printing, nozzle: 200, progress: 0.10);
        using var application = await Application.WithAccess(host);
        await using var socket = await TestSocket.Connect(application);
        await application.Put("3dp/status", printer.Query);
        Assert.Equal(200, Nozzle(await socket.Next()));

        host.Clock.Advance(TimeSpan.FromSeconds(2));
        await printer.Report(OperatingStatus.Printing, nozzle: 200, progress: 0.10);
        await printer.Report(OperatingStatus.Printing, nozzle: 200.9, progress: 0.109);
        await printer.Report(OperatingStatus.Printing, nozzle: 201, progress: 0.11);
        Assert.Equal(201, Nozzle(await socket.Next()));

        // Within the second: only the last of the values, when it is over.
        await printer.Report(OperatingStatus.Printing, nozzle: 205, progress: 0.11);
        await printer.Report(OperatingStatus.Printing, nozzle: 206, progress: 0.11);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(206, Nozzle(await socket.Next()));

        // A change of state does not wait.
        await printer.Report(OperatingStatus.Paused, nozzle: 206, progress: 0.11);
        var paused = await socket.Next();
        Assert.Equal("paused", paused.GetProperty("3dp").GetProperty("status").GetProperty("operatingStatus").GetString());
        Assert.Equal(4, paused.GetProperty("sequence").GetInt64());

        Assert.Equal(0, (await application.Delete("3dp/status", printer.Query)).Error);
        await printer.Report(OperatingStatus.Printing, nozzle: 206, progress: 0.11);
        await application.Put("3dp/information", printer.Query);
        Assert.Equal(5, (await socket.Next()).GetProperty("sequence").GetInt64());
    }

    [Fact]
    public async Task Decision09_SinceOfAPrinter_ReplaysWhatWasMissed()
    {
        await using var printer = await TestPrinter.Connect(Host);
        await printer.Report(OperatingStatus.Idle);
        using var application = await Application.WithAccess(Host);
        var cursor = (await application.Put("3dp/information", printer.Query)).String("cursor");
        await application.Delete("3dp/information", printer.Query);
        await printer.Report(OperatingStatus.Heating);
        await printer.Report(OperatingStatus.Printing);

        await application.Put("3dp/information", printer.Query + "&since=" + cursor);
        await using var socket = await TestSocket.Connect(application);

        Assert.Equal(2, (await socket.Next()).GetProperty("sequence").GetInt64());
        Assert.Equal(3, (await socket.Next()).GetProperty("sequence").GetInt64());
        Assert.Equal(10, (await application.Put("3dp/information", printer.Query + "&since=x")).Error);
    }

    [Theory]
    [InlineData("information", """{"status":{}}""")]
    [InlineData("information", """{"printAttribute":{"printType":"LASER"},"status":{"operatingStatus":"idle","timeStamp":1,"timeStampString":"x"}}""")]
    [InlineData("job", """{"jobId":"a/b","number":1,"trigger":"fetched","at":1}""")]
    [InlineData("job", """{"jobId":"job-x","number":1,"trigger":"melted","at":1}""")]
    [InlineData("nozzle", "{}")]
    public async Task Link_MalformedReportOfAPrinter_IsRefusedAndTheLinkGoesOn(string attribute, string quantities)
    {
        await using var printer = await TestPrinter.Connect(Host);

        var refused = await printer.Item(attribute, quantities);
        Assert.Equal(attribute == "nozzle" ? 8 : 10, refused!.ErrorCode);
        Assert.Null(await printer.Report(OperatingStatus.Idle));
    }

    private static string StatusOf(Reply reply) =>
        reply.Json.GetProperty("3dp").GetProperty("status").GetProperty("operatingStatus").GetString()!;

    private static double Nozzle(JsonElement frame) => frame.GetProperty("3dp").GetProperty("status").GetProperty("nozzleTemperature").GetDouble();

    // The link takes its frames in order, but an announcement has no acknowledgement.
    private static async Task<JsonElement> Discovered(Application application, TestPrinter printer)
    {
        while (true)
        {
            var reply = await application.Read("servicediscovery");
            foreach (var service in reply.Json.GetProperty("services").EnumerateArray())
            {
                if (service.GetProperty("id").GetString() == printer.ServiceId)
                {
                    return service;
                }
            }
        }
    }
}
