using System.Collections.Immutable;
using Dwapi.Edge.Ipp;
using Dwapi.Edge.Printers.Content;
using Dwapi.Edge.Resilience;
using Dwapi.Edge.Signals;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Ipp;

/// <summary>
/// A printer that speaks IPP 3D (PWG 5100.21, printing-3dp 4.4). It has no files, only jobs: what is stored is a job that waits for its document, and
/// giving it the document starts it. Our jobs are known by job-name, which holds our id.
/// </summary>
internal sealed class IppConnector : IPullingConnector
{
    // What is slower is no transfer any more.
    private const double SlowestBytesPerSecond = 16 * 1024;

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    private readonly Pulse _soon = new();
    private readonly PrinterOptions _options;
    private readonly IppClient _client;
    private readonly IppJobs _jobs;
    private readonly IppDocuments _documents;
    private readonly TimeProvider _time;
    private volatile IppPrinterInfo? _info;

    public IppConnector(PrinterOptions options, HostPolicies policies, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _client = new IppClient(options, policies, time);
        _jobs = new IppJobs(_client);
        _documents = new IppDocuments(_client, _jobs, time);
    }

    public PrinterCapabilities Capabilities =>
        new(PullsByUri: _options.Fetch != PrinterFetch.Edge && _info is not { CanFetch: false }, HasQueue: true, Push: false, Slices: false);

    // RFC 8011 lets a printer forget a job as soon as it ended; both samples of the PWG do after a minute.
    public bool KeepsHistory => false;

    public bool CanPause => _info is not { CanSuspend: false, CanPausePrinter: false };

    public TimeSpan ContentWithin => _info?.ContentWithin ?? TimeSpan.FromSeconds(60);

    public async Task<PrinterDescription> DescribeAsync(CancellationToken cancellationToken) =>
        (_info = await AskInfoAsync(cancellationToken).ConfigureAwait(false)).Describe(_options);

    public async Task<PrinterReading> GetStatusAsync(CancellationToken cancellationToken)
    {
        var answer = await _client.DoAsync(_client.New(IppOperation.GetPrinterAttributes).Want(IppReadings.Wanted), cancellationToken).ConfigureAwait(false);
        var jobs = await _jobs.WaitingAsync(cancellationToken).ConfigureAwait(false);
        var ended = IppReadings.InHand(jobs) is null ? await _jobs.EndedAsync(cancellationToken).ConfigureAwait(false) : [];
        return IppReadings.Make(answer.Group(IppTag.PrinterAttributes), jobs, ended);
    }

    public IAsyncEnumerable<PrinterReading> WatchStatusAsync(CancellationToken cancellationToken) =>
        PolledStatus.WatchAsync(GetStatusAsync, TimeSpan.FromSeconds(_options.PollSeconds), _soon, _time, cancellationToken);

    public async Task<ImmutableArray<string>> GetQueueAsync(CancellationToken cancellationToken) =>
        (await GetStatusAsync(cancellationToken).ConfigureAwait(false)).Queue;

    public async Task StoreAsync(PrintFile file, CancellationToken cancellationToken)
    {
        var format = await FormatOfAsync(file.Path, cancellationToken).ConfigureAwait(false);
        await CreateAsync(file.RemoteName, format, cancellationToken).ConfigureAwait(false);
    }

    public async Task<bool> HasAsync(string remoteName, long size, CancellationToken cancellationToken) =>
        await _jobs.FindAsync(remoteName, cancellationToken).ConfigureAwait(false) is { IsEmpty: true };

    public Task StartAsync(string remoteName, CancellationToken cancellationToken) =>
        throw new PrinterException(PrinterFault.Refused, "an IPP printer keeps no files: it is started with one");

    public async Task StartAsync(PrintFile file, CancellationToken cancellationToken)
    {
        var format = await FormatOfAsync(file.Path, cancellationToken).ConfigureAwait(false);
        var job = await _jobs.FindAsync(file.RemoteName, cancellationToken).ConfigureAwait(false);
        if (job is not { HasEnded: false })
            throw new PrinterException(PrinterFault.Refused, "the printer gave the job up before it got its file");
        try
        {
            var send = _client.New(IppOperation.SendDocument, job.Id).WithFormat(format).Add("last-document", new IppBoolean(true));
            var patience = AnswerWithin + TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(file.Size / SlowestBytesPerSecond);
            await _documents.SendAsync(
                send, file.RemoteName, file.Path, patience, now => now.Remote() is not (RemoteJobState.Empty or RemoteJobState.Waiting), cancellationToken).ConfigureAwait(false);
        }
        catch (PrinterException e) when (e.Fault == PrinterFault.Unreachable)
        {
            // It may have come through all the same: only the printer's state tells.
        }

        _soon.Raise();
    }

    public async Task<RemoteJob?> FindAsync(string remoteName, CancellationToken cancellationToken)
    {
        if (await _jobs.FindAsync(remoteName, cancellationToken).ConfigureAwait(false) is not { } job)
            return null;

        var (message, error) = await WordsOfAsync(job, remoteName, cancellationToken).ConfigureAwait(false);
        var state = job.IsEmpty && _documents.IsUnderWay(remoteName) ? RemoteJobState.Waiting : job.Remote();
        return new RemoteJob(state, job.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), Advised(message, error), error);
    }

    public async Task<bool> PullsAsync(PullRequest request, CancellationToken cancellationToken)
    {
        if (_options.Fetch == PrinterFetch.Edge)
            return false;
        var info = await InfoAsync(cancellationToken).ConfigureAwait(false);
        return info.CanFetch && info.CanFetchFrom(request.Uri.Scheme) && DocumentUri(request).Length <= IppRequest.LongestUri
            && IppAddress.Survives(DocumentUri(request)) && (!MediaTypes.Know(request.FileType) || MediaTypes.For(request.FileType, info.Formats) is not null);
    }

    public async Task<bool> PrepareAsync(PullRequest request, CancellationToken cancellationToken)
    {
        var format = await FormatOfAsync(request, cancellationToken).ConfigureAwait(false);
        return await CreateAsync(request.RemoteName, format, cancellationToken).ConfigureAwait(false);
    }

    public async Task PullAsync(PullRequest request, CancellationToken cancellationToken)
    {
        if (_jobs.IdOf(request.RemoteName) is not { } id)
            throw new PrinterException(PrinterFault.Refused, "the printer does not have the job that its file is for");
        var send = _client.New(IppOperation.SendUri, id).Add("document-uri", new IppText(IppTag.Uri, DocumentUri(request)));
        if (_options.Fetch == PrinterFetch.Header && request.Token is { } token)
            send.WithToken(token);
        send.WithFormat(await FormatOfAsync(request, cancellationToken).ConfigureAwait(false)).Add("last-document", new IppBoolean(true));
        try
        {
            await _documents.SendAsync(send, request.RemoteName, null, AnswerWithin, job => !job.IsEmpty, cancellationToken).ConfigureAwait(false);
        }
        catch (PrinterException e) when (e.Code == PrintErrorCode.TokenRejected)
        {
            throw new PrinterException(e.Fault, Advised(e.Message, e.Code), e) { Code = e.Code };
        }

        _soon.Raise();
    }

    public async Task PauseAsync(CancellationToken cancellationToken)
    {
        var info = await InfoAsync(cancellationToken).ConfigureAwait(false);
        await CommandAsync(info, IppOperation.SuspendCurrentJob, IppOperation.PausePrinter, cancellationToken).ConfigureAwait(false);
    }

    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        var info = await InfoAsync(cancellationToken).ConfigureAwait(false);
        await CommandAsync(info, IppOperation.ResumeJob, IppOperation.ResumePrinter, cancellationToken).ConfigureAwait(false);
    }

    public async Task CancelAsync(CancellationToken cancellationToken)
    {
        if (IppReadings.InHand(await _jobs.WaitingAsync(cancellationToken).ConfigureAwait(false)) is { } job)
            await _jobs.CancelAsync(job, cancellationToken).ConfigureAwait(false);
        _soon.Raise();
    }

    public async Task CancelAsync(string remoteName, CancellationToken cancellationToken)
    {
        if (await _jobs.FindAsync(remoteName, cancellationToken).ConfigureAwait(false) is { HasEnded: false } job)
            await _jobs.CancelAsync(job, cancellationToken).ConfigureAwait(false);
        _soon.Raise();
    }

    public async Task RemoveAsync(string remoteName, CancellationToken cancellationToken)
    {
        if (await _jobs.FindAsync(remoteName, cancellationToken).ConfigureAwait(false) is { State: IppJobState.Pending or IppJobState.PendingHeld } job)
            await _jobs.CancelAsync(job, cancellationToken).ConfigureAwait(false);
        _jobs.Forget(remoteName);
        _documents.Forget(remoteName);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<(string Message, PrintErrorCode? Error)> WordsOfAsync(IppJob job, string remoteName, CancellationToken cancellationToken)
    {
        var words = job.Message.Length > 0 ? job.Message : $"the printer says {string.Join(", ", job.Reasons)}";
        if (job is not { State: IppJobState.Aborted, Error: null })
            return (words, job.Error);
        PrintErrorCode? notBegun = job.HasBegun ? null : PrintErrorCode.StartUnconfirmed;
        if (await _documents.RefusalAsync(remoteName, cancellationToken).ConfigureAwait(false) is { } refusal)
            return (refusal.Message, refusal.Code ?? notBegun);
        return (notBegun is null ? words : $"the printer gave the job up before it printed anything: {words}", notBegun);
    }

    // Both samples of the PWG take the token of document-access and never show it.
    private string Advised(string message, PrintErrorCode? code) => code == PrintErrorCode.TokenRejected && _options.Fetch == PrinterFetch.Header
        ? $"{message}. If that happens every time, the printer does not show tokens: set its fetch to Url or Edge"
        : message;

    // The token in the address is RFC 6750 2.3; document-uri is seen by the printer and the content server only.
    private string DocumentUri(PullRequest request)
    {
        if (_options.Fetch != PrinterFetch.Url || request.Token is not { } token)
            return request.Uri.AbsoluteUri;
        var address = new UriBuilder(request.Uri);
        address.Query = $"{(address.Query.Length > 1 ? $"{address.Query[1..]}&" : "")}access_token={Uri.EscapeDataString(token)}";
        return address.Uri.AbsoluteUri;
    }

    private async Task<string?> FormatOfAsync(PullRequest request, CancellationToken cancellationToken) =>
        MediaTypes.For(request.FileType, (await InfoAsync(cancellationToken).ConfigureAwait(false)).Formats);

    private async Task<string> FormatOfAsync(string path, CancellationToken cancellationToken)
    {
        var info = await InfoAsync(cancellationToken).ConfigureAwait(false);
        var kind = FileKinds.Of(path).Extension();
        return MediaTypes.For(kind, info.Formats)
            ?? throw new PrinterException(PrinterFault.NotTaken, $"the printer takes no {(kind.Length > 0 ? kind : "such file")} (it takes {string.Join(", ", info.Formats)})") { Code = PrintErrorCode.WrongType };
    }

    /// <summary>Makes the job, unless the printer has it.</summary>
    /// <returns>False if it has its document already.</returns>
    private async Task<bool> CreateAsync(string remoteName, string? format, CancellationToken cancellationToken)
    {
        if (await _jobs.FindAsync(remoteName, cancellationToken).ConfigureAwait(false) is { HasEnded: false } known)
            return known.State is IppJobState.Pending or IppJobState.PendingHeld;
        var info = await InfoAsync(cancellationToken).ConfigureAwait(false);
        if (IppReadings.InHand(await _jobs.WaitingAsync(cancellationToken).ConfigureAwait(false)) is not null)
            throw new PrinterException(PrinterFault.Busy, "another job is in the printer's hands");
        if (info.Can(IppOperation.ValidateJob))
            await _client.DoAsync(Named(IppOperation.ValidateJob, remoteName).WithFormat(format), cancellationToken).ConfigureAwait(false);
        var answer = await _client.DoAsync(Named(IppOperation.CreateJob, remoteName), cancellationToken).ConfigureAwait(false);
        if (answer.Group(IppTag.JobAttributes).Number("job-id") is not { } id)
            throw new PrinterException(PrinterFault.Malformed, "the printer made a job without an id");
        _jobs.Note(remoteName, id);
        _documents.Forget(remoteName);
        _soon.Raise();
        return true;
    }

    private IppRequest Named(IppOperation operation, string remoteName) =>
        _client.New(operation).Add("job-name", new IppText(IppTag.NameWithoutLanguage, remoteName));

    private async Task CommandAsync(IppPrinterInfo info, IppOperation ofJob, IppOperation ofPrinter, CancellationToken cancellationToken)
    {
        if (info.CanSuspend && IppReadings.InHand(await _jobs.WaitingAsync(cancellationToken).ConfigureAwait(false)) is { } job)
            await _client.DoAsync(_client.New(ofJob, job.Id), cancellationToken).ConfigureAwait(false);
        else if (info.CanPausePrinter)
            await _client.DoAsync(_client.New(ofPrinter), cancellationToken).ConfigureAwait(false);
        else
            throw new PrinterException(PrinterFault.Refused, "this printer cannot be paused by IPP: it has neither Suspend-Current-Job nor Pause-Printer");
        _soon.Raise();
    }

    private async Task<IppPrinterInfo> InfoAsync(CancellationToken cancellationToken) =>
        _info ??= await AskInfoAsync(cancellationToken).ConfigureAwait(false);

    private async Task<IppPrinterInfo> AskInfoAsync(CancellationToken cancellationToken)
    {
        var request = _client.New(IppOperation.GetPrinterAttributes).Want(IppPrinterInfo.Wanted);
        return new IppPrinterInfo((await _client.DoAsync(request, cancellationToken).ConfigureAwait(false)).Group(IppTag.PrinterAttributes));
    }
}
