using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dwapi.Edge.Ipp;
using Dwapi.Edge.Printers;
using Dwapi.Edge.Printers.Ipp;
using Dwapi.Edge.Resilience;
using Dwapi.Edge.Tests.Support;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Tests.Printers.Ipp;

/// <summary>The connector against the fake printer.</summary>
public sealed class IppConnectorTests
{
    [Fact]
    public async Task Describe_GivesWhatThePrinterSaysOfItself()
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        await using var connector = Connect(printer.Options);

        var (device, attributes) = await connector.DescribeAsync(default);

        Assert.Equal(("Fake 3D printer", "Acme", "Acme Fake 3D", "0815", "1.2.3", "IPP 2.0"), (
            device.ProductName, device.ManufacturerName, device.ModelNumber, device.SerialNumber, device.FirmwareRevision, device.ProtocolRevision));
        Assert.Equal((200.0, 210.0, 220.5), (attributes.PrintSizeX, attributes.PrintSizeY, attributes.PrintSizeZ));
        Assert.Equal((PrintTypes.Fdm, true, null), (attributes.PrintType, attributes.HeatedBed, attributes.Memory));
        Assert.Equal(["model/3mf", "model/stl", "application/vnd.pwg-safe-gcode"], attributes.FileTypes);
        Assert.Equal(new PrinterCapabilities(PullsByUri: true, HasQueue: true, Push: false, Slices: false), connector.Capabilities);
    }

    [Fact]
    public async Task Capabilities_OfAPrinterWithoutSendUri_AreHonest()
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        printer.Operations.Remove(IppOperation.SendUri);
        await using var connector = Connect(printer.Options);

        await connector.DescribeAsync(default);

        Assert.Equal((false, false), (connector.Capabilities.PullsByUri, connector.CanPause));
        Assert.Equal(PrinterFault.Refused, (await Assert.ThrowsAsync<PrinterException>(() => connector.PauseAsync(default))).Fault);
        Assert.False(await connector.PullsAsync(Request("https://models.example/cube.3mf"), default));
    }

    [Theory]
    [InlineData("https://models.example/cube.3mf", "3mf", true)]
    [InlineData("https://models.example/cube", "", true)]
    [InlineData("https://models.example/cube.obj", "obj", false)]
    [InlineData("ftp://models.example/cube.3mf", "3mf", false)]
    [InlineData("https://models.example/K%C3%A4se%20%281%29.3mf?key=a%3D%3D", "3mf", true)]
    [InlineData("https://models.example/cube.3mf?key=a%2Bb", "3mf", false)]
    [InlineData("https://models.example/a%2fb.3mf", "3mf", false)]
    public async Task Pulls_WhatThePrinterCanFetchAndTakes(string uri, string type, bool expected)
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        await using var connector = Connect(printer.Options);

        Assert.Equal(expected, await connector.PullsAsync(Request(uri, type), default));
        Assert.False(await connector.PullsAsync(Request($"https://models.example/{new string('x', 1023)}"), default));
    }

    [Fact]
    public async Task Watch_TellsStateJobAndQueue_AndThatThePrinterIsGone()
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        await using var connector = Connect(printer.Options);
        await using var log = new ReadingLog(connector);
        Assert.Equal(OperatingStatus.Idle, (await log.UntilAsync(_ => true)).Status);

        printer.Theirs("held.3mf", IppJobState.PendingHeld);
        printer.Theirs("", IppJobState.PendingHeld);
        printer.Theirs("theirs.3mf");
        var printing = await log.UntilAsync(reading => reading.Status == OperatingStatus.Printing);
        printer.Finish();
        var finished = await log.UntilAsync(reading => reading.Status == OperatingStatus.Finished);
        printer.IsReachable = false;
        var offline = await log.UntilAsync(reading => reading.Status == OperatingStatus.Offline);
        printer.IsReachable = true;
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Finished);
        printer.IsMad = true;
        var mad = await log.UntilAsync(reading => reading.Status == OperatingStatus.Offline);

        Assert.Equal(("theirs.3mf", true, 0.0), (printing.FileName, printing.Occupied, printing.Progress));
        Assert.Equal(["held.3mf", "(a job of somebody else)"], printing.Queue);
        Assert.Equal(("theirs.3mf", false), (finished.FileName, finished.Occupied));
        Assert.Equal(AlertCode.ConnectionLost, Assert.Single(offline.Troubles).Code);
        Assert.Contains("does not answer like an IPP printer", mad.Troubles[0].Message, StringComparison.Ordinal);
        Assert.Equal(["held.3mf", ""], printer.Jobs.Where(job => !job.HasEnded).Select(job => job.Name));
    }

    [Fact]
    public async Task Prepare_TwiceOrByAnotherConnector_MakesOneJob_AndRemoveEndsIt()
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        await using var connector = Connect(printer.Options);
        await using var after = Connect(printer.Options);
        var request = Request("https://models.example/cube.3mf");

        Assert.True(await connector.PrepareAsync(request, default));
        Assert.True(await connector.PrepareAsync(request, default));
        Assert.True(await after.PrepareAsync(request, default));
        var found = await after.FindAsync(request.RemoteName, default);
        await after.RemoveAsync(request.RemoteName, default);

        Assert.Equal((RemoteJobState.Empty, "1"), (found!.State, found.Id));
        Assert.Equal((1, IppJobState.Canceled), (printer.Count(IppOperation.CreateJob), Assert.Single(printer.Jobs).State));
        Assert.Null(await after.FindAsync("dwapi-other.gcode", default));
    }

    [Fact]
    public async Task Prepare_AfterAJobOfThatNameWasGivenUp_MakesAnother_AndTheNewestCounts()
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        await using var connector = Connect(printer.Options);
        var request = Request("https://models.example/cube.3mf");
        await connector.PrepareAsync(request, default);
        await connector.RemoveAsync(request.RemoteName, default);

        await connector.PrepareAsync(request, default);
        await using var after = Connect(printer.Options);

        Assert.Equal(("2", RemoteJobState.Empty), ((await after.FindAsync(request.RemoteName, default))!.Id, (await after.FindAsync(request.RemoteName, default))!.State));
    }

    [Theory]
    [InlineData((int)IppStatus.Busy, nameof(PrinterFault.Busy), null)]
    [InlineData((int)IppStatus.NotAcceptingJobs, nameof(PrinterFault.Busy), null)]
    [InlineData((int)IppStatus.NotAuthorized, nameof(PrinterFault.Unauthorized), null)]
    [InlineData((int)IppStatus.DocumentFormatNotSupported, nameof(PrinterFault.NotTaken), nameof(PrintErrorCode.WrongType))]
    [InlineData((int)IppStatus.RequestEntityTooLarge, nameof(PrinterFault.NotTaken), nameof(PrintErrorCode.StorageFull))]
    [InlineData((int)IppStatus.InternalError, nameof(PrinterFault.Refused), null)]
    [InlineData(0x04FE, nameof(PrinterFault.Refused), null)]
    public async Task Refusal_OfValidateJob_MakesNoJob(int status, string fault, string? code)
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        printer.Refuses[IppOperation.ValidateJob] = (IppStatus)status;
        await using var connector = Connect(printer.Options);

        var refusal = await Assert.ThrowsAsync<PrinterException>(() => connector.PrepareAsync(Request("https://models.example/cube.3mf"), default));

        Assert.Equal((fault, code), (refusal.Fault.ToString(), refusal.Code?.ToString()));
        Assert.Empty(printer.Jobs);
    }

    [Fact]
    public async Task Refusal_OfAFormat_IsWrongType_AlsoUnderTheCommonStatus()
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        await using var connector = Connect(printer.Options);
        await connector.DescribeAsync(default);
        printer.Formats.Remove("model/3mf");

        var refusal = await Assert.ThrowsAsync<PrinterException>(() => connector.PrepareAsync(Request("https://models.example/cube.3mf"), default));

        Assert.Equal((PrinterFault.NotTaken, PrintErrorCode.WrongType), (refusal.Fault, refusal.Code));
    }

    [Fact]
    public async Task Upload_ThatIsCut_IsResetSoThatNoHalfIsPrinted()
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        var upload = (Begun: Signal(), GoOn: Signal(), Settled: Signal());
        printer.Upload = upload;
        using var folder = new TemporaryFolder();
        var file = PrintFiles.Write(folder, "dwapi-j1-long.gcode", string.Concat(Enumerable.Repeat("G1 X10 Y10 E1.0\n", 1024 * 1024)));
        var connector = Connect(printer.Options);
        await connector.StoreAsync(file, default);

        var start = connector.StartAsync(file, default);
        await upload.Begun.Task.WaitAsync(Patience.Limit);
        await connector.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => start);
        upload.GoOn.SetResult();
        await upload.Settled.Task.WaitAsync(Patience.Limit);

        var job = Assert.Single(printer.Jobs);
        await using var after = Connect(printer.Options);
        var found = await after.FindAsync(file.RemoteName, default);
        Assert.Equal((IppJobState.Aborted, null), (job.State, job.Data));
        Assert.Equal((RemoteJobState.Failed, PrintErrorCode.StartUnconfirmed), (found!.State, found.Error));
    }

    [Fact]
    public async Task Find_WhileThePrinterFetches_IsWaiting_ThoughItShowsNoReason()
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        (printer.IsServer, printer.Fetching) = (true, Signal());
        await using var connector = Connect(printer.Options);
        var request = Request(printer.Address.AbsoluteUri);
        await connector.PrepareAsync(request, default);
        var before = await connector.FindAsync(request.RemoteName, default);

        var pull = connector.PullAsync(request, default);
        var during = await connector.FindAsync(request.RemoteName, default);
        printer.Fetching.SetResult();
        await pull;

        Assert.Equal((RemoteJobState.Empty, RemoteJobState.Waiting), (before!.State, during!.State));
    }

    [Fact]
    public async Task Login_ThatIsMissing_IsUnauthorized_AndKeysAreBasicOrBearer()
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        printer.Login = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("me:secret"))}";
        await using var stranger = Connect(printer.Options);
        var options = printer.Options;
        options.ApiKey = "me:secret";
        await using var known = Connect(options);

        Assert.Equal(PrinterFault.Unauthorized, (await Assert.ThrowsAsync<PrinterException>(() => stranger.DescribeAsync(default))).Fault);
        await known.DescribeAsync(default);
        printer.Login = "Bearer abc";
        options.ApiKey = "abc";
        await using var bearer = Connect(options);
        await bearer.DescribeAsync(default);
    }

    [Fact]
    public async Task Certificate_ThatThePrinterMadeItself_IsTakenByItsThumbprintOnly()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var own = new CertificateRequest("CN=printer", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await using var printer = await FakeIppPrinter.StartAsync(own);
        var options = printer.Options;
        options.Address = new Uri($"ipps://127.0.0.1:{printer.Address.Port}");
        await using var stranger = Connect(options);
        options.CertificateThumbprint = own.GetCertHashString(HashAlgorithmName.SHA256);
        await using var known = Connect(options);

        Assert.Equal(PrinterFault.Unreachable, (await Assert.ThrowsAsync<PrinterException>(() => stranger.DescribeAsync(default))).Fault);
        Assert.Equal("Fake 3D printer", (await known.DescribeAsync(default)).Device.ProductName);
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static IppConnector Connect(PrinterOptions options) => new(options, new HostPolicies(TimeProvider.System), TimeProvider.System);

    private static PullRequest Request(string uri, string type = "3mf") => new("dwapi-j1-cube.gcode", new Uri(uri), null, type);
}
