using System.Text.Json;
using Dwapi.Edge.Link;
using Dwapi.Edge.Outbox;
using Dwapi.Edge.Printers.Content;
using Dwapi.Edge.Printers.Jobs;
using Dwapi.Edge.Printers.Slicing;
using Dwapi.Edge.Resilience;
using Dwapi.Edge.Services;
using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Printing;
using Microsoft.Extensions.Logging;

namespace Dwapi.Edge.Printers;

/// <summary>The printers of an edge, and the host's orders and commands for them.</summary>
internal sealed class PrinterFleet : IAsyncDisposable
{
    private static readonly TimeSpan BeginAgainAfter = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, PrinterStation> _stations;
    private readonly PrintJobBook _book;
    private readonly ContentDownload _download;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    /// <exception cref="EdgeOptionsException">The folder of the jobs or a key cannot be read.</exception>
    public PrinterFleet(EdgeOptions options, DurableOutbox outbox, ServiceCatalog catalog, Func<bool> isLinkUp, TimeZoneInfo? zone, TimeProvider time, ILogger log)
    {
        (_time, _log) = (time, log);
        var policies = new HostPolicies(time);
        _download = new ContentDownload(policies, time);
        var store = new PrintJobStore(Path.Combine(EdgeOptionsCheck.DataDirectory(options), "print-jobs"));
        _book = new PrintJobBook(
            store, (service, report) => PrinterStationParts.AppendAsync(outbox, time, service, PrintingProfile.Job, report), time);
        var parts = new PrinterStationParts
        {
            Outbox = outbox,
            Catalog = catalog,
            Book = _book,
            Download = _download,
            Slicer = new Slicer(options.Slicer, time),
            IsLinkUp = isLinkUp,
            Zone = zone,
            Time = time,
            Log = log,
        };
        _stations = options.Printers
            .Select(printer => new PrinterStation(printer, PrinterConnectors.Make(printer, policies, time), parts))
            .ToDictionary(station => station.ServiceId, StringComparer.Ordinal);
    }

    /// <summary>Runs all printers until cancelled; one that fails begins anew and does not end the others.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(_stations.Values.Select(async station =>
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await station.RunAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
            }
            catch (Exception e)
            {
                Log.PrinterEnded(_log, e, station.ServiceId, BeginAgainAfter.TotalSeconds);
                await Task.Delay(BeginAgainAfter, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }));

    /// <summary>The link is up.</summary>
    public void Welcomed()
    {
        foreach (var station in _stations.Values)
            station.TellAnew();
    }

    /// <summary>Answers an order or a command; it is durable by then.</summary>
    public async Task<ResponseFrame> AnswerAsync(RequestFrame request, CancellationToken cancellationToken)
    {
        if (request.ServiceId is null || !_stations.TryGetValue(request.ServiceId, out var station))
            return RequestAnswers.Failure(request, GotapiErrors.NotFoundService);
        if (!request.Attribute.Equals(PrintingProfile.Job, StringComparison.OrdinalIgnoreCase))
            return RequestAnswers.Failure(request, GotapiErrors.NotSupportAttribute);
        var (operation, jobId) = (request.Parameters.GetValueOrDefault("operationId", ""), request.Parameters.GetValueOrDefault("jobId", ""));
        if (operation.Length == 0 || jobId.Length == 0)
            return RequestAnswers.Failure(request, GotapiErrors.InvalidRequestParameter);
        try
        {
            return await TakeAsync(request, station, jobId, operation, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not kept, so not taken: the host asks again. The link, and what else goes over it, is not to suffer.
            Log.PrinterFault(_log, station.ServiceId, e.Message);
            return RequestAnswers.Failure(request, GotapiErrors.IllegalServerState);
        }
    }

    private async Task<ResponseFrame> TakeAsync(
        RequestFrame request, PrinterStation station, string jobId, string operation, CancellationToken cancellationToken)
    {
        switch (request.Method)
        {
            case RequestMethod.Put:
                var code = PrintJobOrder.FromParameters(request.Parameters) is { } order ? _book.Order(station.ServiceId, order) : GotapiErrors.InvalidRequestParameter.Code;
                return code == 0 ? RequestAnswers.Success(request) : RequestAnswers.Failure(request, GotapiErrors.Of(code));
            case RequestMethod.Delete:
                if (PrintJobTrace.FromParameters(request.Parameters) is not { } trace)
                    return RequestAnswers.Failure(request, GotapiErrors.InvalidRequestParameter);
                _book.Cancel(station.ServiceId, jobId, operation, trace);
                return RequestAnswers.Success(request);
            case RequestMethod.Post:
                return await CommandAsync(request, station, jobId, operation, cancellationToken).ConfigureAwait(false);
            default:
                var job = _book.Find(jobId);
                var answer = new PrintJobAnswer(job?.Last, job is not null);
                return RequestAnswers.Success(request) with { Members = JsonSerializer.SerializeToUtf8Bytes(answer, PrintingJson.Default.PrintJobAnswer) };
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var station in _stations.Values)
            await station.DisposeAsync().ConfigureAwait(false);
        _download.Dispose();
    }

    private async Task<ResponseFrame> CommandAsync(
        RequestFrame request, PrinterStation station, string jobId, string operation, CancellationToken cancellationToken)
    {
        var command = request.Parameters.GetValueOrDefault("command", "");
        if (command is not ("pause" or "resume"))
            return RequestAnswers.Failure(request, GotapiErrors.InvalidRequestParameter);
        if (_book.Find(jobId) is not { State: PrintJobState.Printing or PrintJobState.Paused } job)
            return RequestAnswers.Failure(request, GotapiErrors.IllegalDeviceState);
        if (!station.Connector.CanPause)
            return RequestAnswers.Failure(request, GotapiErrors.NotSupportAction);
        if (_book.Note(job, operation))
            _ = SendAsync(station, command, cancellationToken);
        return RequestAnswers.Success(request);
    }

    // Not waited for: a pause may be answered minutes later, and what it did shows in the readings.
    private async Task SendAsync(PrinterStation station, string command, CancellationToken cancellationToken)
    {
        try
        {
            await (command == "pause" ? station.Connector.PauseAsync(cancellationToken) : station.Connector.ResumeAsync(cancellationToken)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is PrinterException or OperationCanceledException)
        {
            Log.PrinterFault(_log, station.ServiceId, e.Message);
        }
    }
}
