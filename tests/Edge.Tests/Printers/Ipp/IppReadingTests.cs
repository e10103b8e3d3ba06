using Dwapi.Edge.Ipp;
using Dwapi.Edge.Printers;
using Dwapi.Edge.Printers.Ipp;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Tests.Printers.Ipp;

/// <summary>States and reasons of printer and jobs as readings: the column IPP 3D of printing-3dp 4.6, and reasons of RFC 8011 and PWG 5100.21.</summary>
public sealed class IppReadingTests
{
    [Theory]
    [InlineData(3, "none", null, null, nameof(OperatingStatus.Idle))]
    [InlineData(3, "none", null, null, nameof(OperatingStatus.Finished), 9)]
    [InlineData(3, "none", null, null, nameof(OperatingStatus.Stopped), 7)]
    [InlineData(3, "none", null, null, nameof(OperatingStatus.Stopped), 8)]
    [InlineData(3, "none", 4, "job-data-insufficient", nameof(OperatingStatus.Preparing))]
    [InlineData(3, "none", 4, "job-hold-until-specified", nameof(OperatingStatus.Idle))]
    [InlineData(3, "none", 3, "none", nameof(OperatingStatus.Preparing))]
    [InlineData(4, "none", 5, "job-printing", nameof(OperatingStatus.Printing))]
    [InlineData(4, "none", null, null, nameof(OperatingStatus.Printing))]
    [InlineData(4, "extruder-heating", 5, "job-printing", nameof(OperatingStatus.Heating))]
    [InlineData(4, "chamber-heating-report", 5, "job-printing", nameof(OperatingStatus.Heating))]
    [InlineData(4, "platform-heating", 5, "job-printing", nameof(OperatingStatus.Heating))]
    [InlineData(4, "moving-to-paused", 5, "job-printing", nameof(OperatingStatus.Pausing))]
    [InlineData(4, "none", 5, "processing-to-stop-point", nameof(OperatingStatus.Cancelling))]
    [InlineData(4, "none", 6, "job-suspended", nameof(OperatingStatus.Paused))]
    [InlineData(5, "paused", 6, "printer-stopped", nameof(OperatingStatus.Paused))]
    [InlineData(5, "material-empty-error", 6, "printer-stopped", nameof(OperatingStatus.Attention))]
    [InlineData(5, "material-empty", 6, "printer-stopped", nameof(OperatingStatus.Attention))]
    [InlineData(4, "material-needed", 5, "job-printing", nameof(OperatingStatus.Attention))]
    [InlineData(4, "material-low-warning", 5, "job-printing", nameof(OperatingStatus.Printing))]
    [InlineData(5, "door-open", 6, "printer-stopped", nameof(OperatingStatus.Attention))]
    [InlineData(5, "motor-failure", 6, "printer-stopped", nameof(OperatingStatus.Error))]
    public void Status_OfStatesAndReasons(int printer, string reason, int? job, string? jobReason, string expected, int? last = null)
    {
        var reading = IppReadings.Make(
            Printer(printer, reason), job is null ? [] : [Job(2, job.Value, jobReason!)], last is null ? [] : [Job(1, last.Value, "none")]);

        Assert.Equal(expected, reading.Status.ToString());
    }

    [Fact]
    public void Status_IsThatOfTheLastPrint_NotOfAJobThatEndedBeforeItBegan()
    {
        var inVain = IppJob.Read(new IppAttributes(
        [
            new("job-id", new IppInteger(IppTag.Integer, 2)),
            new("job-state", new IppInteger(IppTag.Enum, 8)),
            new("time-at-processing", new IppOutOfBand(IppTag.NoValue)),
        ]))!;

        Assert.Equal(OperatingStatus.Idle, IppReadings.Make(Printer(3, "none"), [], [inVain]).Status);
        Assert.Equal(OperatingStatus.Finished, IppReadings.Make(Printer(3, "none"), [], [inVain, Job(1, 9, "none")]).Status);
    }

    [Theory]
    [InlineData("material-empty", nameof(AlertCode.FilamentOut), nameof(AlertSeverity.Error))]
    [InlineData("material-low-warning", nameof(AlertCode.FilamentLow), nameof(AlertSeverity.Warning))]
    [InlineData("cover-open-error", nameof(AlertCode.DoorOpen), nameof(AlertSeverity.Error))]
    [InlineData("extruder-jam", nameof(AlertCode.Jam), nameof(AlertSeverity.Error))]
    [InlineData("extruder-temperature-high", nameof(AlertCode.ThermalRunaway), nameof(AlertSeverity.Error))]
    [InlineData("platform-temperature-low-warning", nameof(AlertCode.HeaterFault), nameof(AlertSeverity.Warning))]
    [InlineData("spool-area-full", nameof(AlertCode.StorageFull), nameof(AlertSeverity.Error))]
    [InlineData("fan-failure", nameof(AlertCode.FirmwareError), nameof(AlertSeverity.Error))]
    [InlineData("x-acme-odd", nameof(AlertCode.Unknown), nameof(AlertSeverity.Error))]
    public void Reasons_AreTroubles(string reason, string code, string severity)
    {
        var trouble = Assert.Single(IppReadings.Make(Printer(5, reason), [], []).Troubles);

        Assert.Equal((code, severity), (trouble.Code.ToString(), trouble.Severity.ToString()));
        Assert.Contains(reason, trouble.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("paused")]
    [InlineData("extruder-heating")]
    [InlineData("material-low-report")]
    public void Reasons_ThatAreNoTrouble_AreNone(string reason) => Assert.Empty(IppReadings.Make(Printer(4, reason), [], []).Troubles);

    [Fact]
    public void Queue_IsWhatWaits_WhateverThePrinterCounts()
    {
        var reading = IppReadings.Make(
            Printer(4, "none", queued: 7), [Job(1, 4, "job-hold-until-specified"), Job(2, 5, "job-printing"), Job(3, 3, "none"), Job(4, 3, "none", name: "")], []);

        Assert.Equal(("job-2", true), (reading.FileName, reading.Occupied));
        Assert.Equal(["job-1", "job-3", "(a job of somebody else)"], reading.Queue);
    }

    [Theory]
    [InlineData(3, "none", nameof(RemoteJobState.Waiting), null)]
    [InlineData(4, "job-data-insufficient", nameof(RemoteJobState.Empty), null)]
    [InlineData(4, "job-incoming", nameof(RemoteJobState.Waiting), null)]
    [InlineData(5, "job-incoming", nameof(RemoteJobState.Waiting), null)]
    [InlineData(5, "job-printing", nameof(RemoteJobState.Printing), null)]
    [InlineData(6, "printer-stopped", nameof(RemoteJobState.Paused), null)]
    [InlineData(7, "job-canceled-at-device", nameof(RemoteJobState.Cancelled), null)]
    [InlineData(8, "aborted-by-system", nameof(RemoteJobState.Failed), null)]
    [InlineData(8, "document-format-error", nameof(RemoteJobState.Failed), nameof(PrintErrorCode.WrongType))]
    [InlineData(8, "document-unprintable-error", nameof(RemoteJobState.Failed), nameof(PrintErrorCode.ModelUnprintable))]
    [InlineData(8, "document-access-error", nameof(RemoteJobState.Failed), nameof(PrintErrorCode.DownloadFailed))]
    [InlineData(8, "submission-interrupted", nameof(RemoteJobState.Interrupted), nameof(PrintErrorCode.Interrupted))]
    [InlineData(9, "job-completed-successfully", nameof(RemoteJobState.Completed), null)]
    [InlineData(99, "none", nameof(RemoteJobState.Waiting), null)]
    [InlineData(4, "none", nameof(RemoteJobState.Empty), null, 0)]
    [InlineData(4, "none", nameof(RemoteJobState.Waiting), null, 1)]
    [InlineData(4, "job-incoming", nameof(RemoteJobState.Waiting), null, 0)]
    [InlineData(5, "none", nameof(RemoteJobState.Printing), null, 1)]
    public void Job_StatesAndReasons(int state, string reason, string expected, string? error, int? documents = null)
    {
        var job = Job(1, state, reason, documents: documents);

        Assert.Equal((expected, error), (job.Remote().ToString(), job.Error?.ToString()));
    }

    [Theory]
    [InlineData("(401) https://models.example/a?access_token=t", nameof(PrintErrorCode.TokenRejected))]
    [InlineData("(403) https://models.example/a", nameof(PrintErrorCode.TokenRejected))]
    [InlineData("Unable to GET URI: Unauthorized", nameof(PrintErrorCode.TokenRejected))]
    [InlineData("HTTP 403: denied", nameof(PrintErrorCode.TokenRejected))]
    [InlineData("(404) https://models.example/401", nameof(PrintErrorCode.DownloadFailed))]
    [InlineData("no route", nameof(PrintErrorCode.DownloadFailed))]
    public void Job_WhoseFetchFailed_SaysWhy(string text, string expected)
    {
        var job = IppJob.Read(new IppAttributes(
        [
            new("job-id", new IppInteger(IppTag.Integer, 1)),
            new("job-state", new IppInteger(IppTag.Enum, 8)),
            new("job-state-reasons", [new IppText(IppTag.Keyword, "aborted-by-system"), new IppText(IppTag.Keyword, "document-access-error")]),
            new("job-document-access-errors", new IppText(IppTag.TextWithoutLanguage, text)),
            new("job-state-message", new IppText(IppTag.TextWithoutLanguage, text)),
        ]));

        Assert.Equal(expected, job!.Error.ToString());
        Assert.DoesNotContain("//", job.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("token", job.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ipp://printer.local", "http://printer.local:631/ipp/print3d", "ipp://printer.local:631/ipp/print3d")]
    [InlineData("ipps://printer.local/", "https://printer.local:631/ipp/print3d", "ipps://printer.local:631/ipp/print3d")]
    [InlineData("ipp://10.0.0.7:8631/ipp/print", "http://10.0.0.7:8631/ipp/print", "ipp://10.0.0.7:8631/ipp/print")]
    [InlineData("http://printer.local", "http://printer.local:80/ipp/print3d", "ipp://printer.local:80/ipp/print3d")]
    [InlineData("https://[fe80::1]/x", "https://[fe80::1]:443/x", "ipps://[fe80::1]:443/x")]
    public void Address_OfIppIsHttpBelow(string setting, string http, string printerUri)
    {
        var address = IppAddress.Of(new Uri(setting));

        Assert.Equal((new Uri(http), printerUri), (address.Http, address.PrinterUri));
    }

    private static IppAttributes Printer(int state, string reason, int queued = 0) => new(
    [
        new("printer-state", new IppInteger(IppTag.Enum, state)),
        new("printer-state-reasons", new IppText(IppTag.Keyword, reason)),
        new("queued-job-count", new IppInteger(IppTag.Integer, queued)),
    ]);

    private static IppJob Job(int id, int state, string reason, string? name = null, int? documents = null) => IppJob.Read(new IppAttributes(
    [
        new("job-id", new IppInteger(IppTag.Integer, id)),
        new("job-name", new IppText(IppTag.NameWithoutLanguage, name ?? $"job-{id}")),
        new("job-state", new IppInteger(IppTag.Enum, state)),
        new("job-state-reasons", new IppText(IppTag.Keyword, reason)),
        .. documents is { } number ? [new IppAttribute("number-of-documents", new IppInteger(IppTag.Integer, number))] : Array.Empty<IppAttribute>(),
    ]))!;
}
