using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Dwapi.Edge.Ipp;
using Dwapi.Edge.Printers;
using Dwapi.Edge.Printers.Ipp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dwapi.Edge.Tests.Printers.Ipp;

/// <summary>
/// A printer that speaks IPP 3D as the PWG's samples were seen to, ipp3dprinter and, where a test says so, ippserver (printing-3dp 4.4): one job at a
/// time, server-error-busy to a second Create-Job, documents fetched for real, an upload taken for whole when its line ends in order, attributes that
/// come twice. What it does beyond that the test says; a print goes on until the test ends it.
/// </summary>
internal sealed class FakeIppPrinter : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly HttpClient _http = new();
    private readonly List<IppJobRecord> _jobs = [];
    private readonly WebApplication _application;

    private FakeIppPrinter(WebApplication application) => _application = application;

    /// <summary>Operations that were carried out.</summary>
    public ConcurrentQueue<IppOperation> Done { get; } = [];

    /// <summary>Operations that it has.</summary>
    public HashSet<IppOperation> Operations { get; } =
    [
        IppOperation.ValidateJob, IppOperation.CreateJob, IppOperation.SendDocument, IppOperation.SendUri, IppOperation.CancelJob,
        IppOperation.GetJobAttributes, IppOperation.GetJobs, IppOperation.GetPrinterAttributes,
    ];

    public List<string> Formats { get; } = ["application/octet-stream", "model/3mf", "model/stl", "application/vnd.pwg-safe-gcode"];

    /// <summary>It puts the token of document-access into the Authorization header. The sample printer takes the token and does not.</summary>
    public bool AddsHeader { get; set; } = true;

    /// <summary>It answers Send-URI when it has the file, as the sample does; else at once.</summary>
    public bool AnswersWhenFetched { get; set; }

    /// <summary>As ippserver: no reason why a job waits but the number of its documents, and a fetch in vain is a success with words.</summary>
    public bool IsServer { get; set; }

    /// <summary>As ipp3dprinter: a job that is cancelled is printed to its end, which the test gives it, and only then was cancelled.</summary>
    public bool PrintsOnWhenCancelled { get; set; }

    /// <summary>A document is read so far that the first part ends, and then not before the second does; the third ends when it is settled.</summary>
    public (TaskCompletionSource Begun, TaskCompletionSource GoOn, TaskCompletionSource Settled)? Upload { get; set; }

    /// <summary>The Authorization header that it wants; null for none.</summary>
    public string? Login { get; set; }

    /// <summary>False: every connection breaks.</summary>
    public bool IsReachable { get; set; } = true;

    /// <summary>It answers what is no IPP.</summary>
    public bool IsMad { get; set; }

    /// <summary>Held fetches go on when this ends; null holds none.</summary>
    public TaskCompletionSource? Fetching { get; set; }

    /// <summary>Replaced as a whole, also while it is asked.</summary>
    public ImmutableArray<string> Reasons { get; set; } = [];

    public bool IsStopped { get; set; }

    /// <summary>How long it says that it waits for a document, seconds.</summary>
    public int OperationTimeOut { get; set; } = 60;

    /// <summary>What is answered instead of carrying an operation out, once.</summary>
    public ConcurrentDictionary<IppOperation, IppStatus> Refuses { get; } = [];

    /// <summary>The connection breaks instead of an operation, once: before it is carried out, or (true) after it.</summary>
    public ConcurrentDictionary<IppOperation, bool> Breaks { get; } = [];

    /// <summary>The answer to an operation is held until this ends; the first part says that it was carried out.</summary>
    public ConcurrentDictionary<IppOperation, (TaskCompletionSource Reached, TaskCompletionSource Answer)> Holds { get; } = [];

    public Uri Address => new(_application.Urls.Single());

    public PrinterOptions Options => new() { Id = "p", Kind = PrinterKind.Ipp, Address = Address, PollSeconds = 0.05 };

    /// <summary>Its jobs, the newest last.</summary>
    public IReadOnlyList<IppJobRecord> Jobs
    {
        get
        {
            lock (_gate)
                return [.. _jobs];
        }
    }

    public static async Task<FakeIppPrinter> StartAsync(System.Security.Cryptography.X509Certificates.X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        var printer = new FakeIppPrinter(builder.Build());
        printer._application.MapPost("/ipp/print3d", printer.AnswerAsync);
        await printer._application.StartAsync();
        return printer;
    }

    public int Count(IppOperation operation) => Done.Count(done => done == operation);

    /// <summary>Somebody else's job.</summary>
    public IppJobRecord Theirs(string name, IppJobState state = IppJobState.Processing)
    {
        lock (_gate)
        {
            var job = new IppJobRecord { Id = _jobs.Count + 1, Name = name, State = state, Reason = state == IppJobState.PendingHeld ? "job-hold-until-specified" : "none" };
            _jobs.Add(job);
            return job;
        }
    }

    /// <summary>The running job ends.</summary>
    public void Finish(IppJobState state = IppJobState.Completed, string reason = "job-completed-successfully")
    {
        lock (_gate)
        {
            var job = _jobs.Last(job => !job.HasEnded);
            (job.State, job.Reason) = (state, reason);
        }
    }

    /// <summary>It was switched off: jobs are forgotten.</summary>
    public void Forget()
    {
        lock (_gate)
            _jobs.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        Fetching?.TrySetResult();
        Upload?.GoOn.TrySetResult();
        foreach (var hold in Holds.Values)
            hold.Answer.TrySetResult();
        await _application.DisposeAsync();
        _http.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        var isWhole = await ReadAsync(context.Request, body);
        if (!IsReachable)
        {
            context.Abort();
            return;
        }

        if (Login is not null && context.Request.Headers.Authorization != Login)
        {
            context.Response.StatusCode = 401;
            return;
        }

        context.Response.ContentType = "application/ipp";
        if (IsMad)
        {
            await context.Response.Body.WriteAsync("\x02\x00garbage"u8.ToArray());
            return;
        }

        var request = IppDecoder.Decode(body.ToArray(), out var length);
        var operation = (IppOperation)request.Code;
        if (!isWhole)
        {
            Abort(request);
            Upload?.Settled.TrySetResult();
            return;
        }

        var broken = Breaks.TryRemove(operation, out var after);
        var answer = broken && !after ? null : await CarryOutAsync(operation, request, body.ToArray()[length..]);
        if (answer is not null && Holds.TryRemove(operation, out var hold))
        {
            hold.Reached.TrySetResult();
            await hold.Answer.Task;
        }

        if (broken || answer is null)
            context.Abort();
        else
            await context.Response.Body.WriteAsync(IppEncoder.Encode(answer));
    }

    // False: the line was reset. One that ended in order leaves what came, and that counts.
    private async Task<bool> ReadAsync(HttpRequest request, MemoryStream to)
    {
        try
        {
            if (Upload is { } upload && request.ContentLength > 1024 * 1024)
            {
                var first = new byte[4096];
                await request.Body.ReadExactlyAsync(first);
                to.Write(first);
                upload.Begun.TrySetResult();
                await upload.GoOn.Task;
            }

            await request.Body.CopyToAsync(to);
            return true;
        }
        catch (BadHttpRequestException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void Abort(IppMessage request)
    {
        lock (_gate)
        {
            if (_jobs.Find(job => job.Id == request.Group(IppTag.OperationAttributes).Number("job-id")) is { } job)
                (job.State, job.Reason) = (IppJobState.Aborted, "aborted-by-system");
        }
    }

    private async Task<IppMessage> CarryOutAsync(IppOperation operation, IppMessage request, byte[] document)
    {
        var attributes = request.Group(IppTag.OperationAttributes);

        // RFC 8011 4.1.4: these two first, in this order, then the target.
        if (attributes.All is not [{ Name: "attributes-charset" }, { Name: "attributes-natural-language" }, { Name: "printer-uri" }, ..]
            || !attributes.Text("printer-uri").StartsWith("ipp", StringComparison.Ordinal))
        {
            return Status(request, IppStatus.BadRequest);
        }

        if (!Operations.Contains(operation))
            return Status(request, IppStatus.OperationNotSupported);
        if (Refuses.TryRemove(operation, out var refusal))
            return Status(request, refusal);
        Done.Enqueue(operation);
        switch (operation)
        {
            case IppOperation.GetPrinterAttributes:
                lock (_gate)
                    return Answer(request, Select(attributes, Printer()), IppTag.PrinterAttributes);
            case IppOperation.GetJobs:
                lock (_gate)
                    return GetJobs(request, attributes);
            case IppOperation.ValidateJob:
                var format = attributes.Text("document-format");
                return format.Length == 0 || Formats.Contains(format)
                    ? Status(request, IppStatus.Ok)
                    : Status(request, IppStatus.AttributesOrValuesNotSupported, more: new IppGroup(
                        IppTag.UnsupportedAttributes, new IppAttributes([new("document-format", new IppText(IppTag.MimeMediaType, format))])));
            case IppOperation.CreateJob:
                lock (_gate)
                    return Create(request, attributes);
            case IppOperation.PausePrinter or IppOperation.ResumePrinter:
                IsStopped = operation == IppOperation.PausePrinter;
                return Status(request, IppStatus.Ok);
        }

        IppJobRecord? job;
        lock (_gate)
            job = _jobs.Find(job => job.Id == attributes.Number("job-id"));
        if (job is null)
            return Status(request, IppStatus.NotFound);
        if (operation == IppOperation.GetJobAttributes)
        {
            lock (_gate)
                return Answer(request, Select(attributes, Job(job)), IppTag.JobAttributes);
        }

        if (operation == IppOperation.CancelJob)
        {
            lock (_gate)
                return Cancel(request, job);
        }

        if (job.State > IppJobState.PendingHeld || attributes.Flag("last-document") != true)
            return Status(request, IppStatus.NotPossible);
        if (job.Data is not null || job.Reason == "job-incoming")
            return Status(request, IppStatus.MultipleDocumentJobsNotSupported);
        job.Format = attributes.Text("document-format");
        if (operation == IppOperation.SendDocument)
        {
            Print(job, document);
            Upload?.Settled.TrySetResult();
            return Status(request, IppStatus.Ok);
        }

        job.Reason = "job-incoming";
        var fetch = FetchAsync(job, attributes);
        if (IsServer)
        {
            return await fetch ? Status(request, IppStatus.Ok) : Status(request, IppStatus.Ok, $"Unable to GET URI: {job.Message}", new IppGroup(
                IppTag.JobAttributes, new IppAttributes([new("job-state", new IppInteger(IppTag.Enum, (int)IppJobState.Aborted))])));
        }

        return AnswersWhenFetched && !await fetch ? Status(request, IppStatus.DocumentAccessError, $"Unable to GET URI: {job.Message}") : Status(request, IppStatus.Ok);
    }

    private async Task<bool> FetchAsync(IppJobRecord job, IppAttributes attributes)
    {
        if (Fetching is { } held)
            await held.Task;
        var address = attributes.Text("document-uri");
        using var get = new HttpRequestMessage(HttpMethod.Get, address);
        var token = attributes.Members("document-access")["access-oauth-token"].OfType<IppOctets>().Select(part => Encoding.UTF8.GetString(part.Bytes.AsSpan()));
        if (AddsHeader && string.Concat(token) is { Length: > 0 } bearer)
            get.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        using var answer = await _http.SendAsync(get);
        var data = await answer.Content.ReadAsByteArrayAsync();
        lock (_gate)
        {
            if (job.HasEnded)
                return false;
            if (answer.IsSuccessStatusCode)
            {
                Print(job, data);
                return true;
            }

            // A printer repeats what it was given, in texts that people see.
            (job.State, job.Reason) = (IppJobState.Aborted, AnswersWhenFetched || IsServer ? "aborted-by-system" : "document-access-error");
            job.Message = AnswersWhenFetched || IsServer ? answer.ReasonPhrase! : $"Cannot read {address}";
            job.AccessError = AnswersWhenFetched || IsServer ? null : $"({(int)answer.StatusCode}) {address}";
            return false;
        }
    }

    private void Print(IppJobRecord job, byte[] data)
    {
        lock (_gate)
            (job.Data, job.State, job.Reason) = (data, IppJobState.Processing, "job-printing");
    }

    private IppMessage Create(IppMessage request, IppAttributes attributes)
    {
        if (_jobs.Exists(job => !job.HasEnded && job.Reason != "job-hold-until-specified"))
            return Status(request, IppStatus.Busy, "Currently printing another job.");
        var job = new IppJobRecord { Id = _jobs.Count + 1, Name = attributes.Text("job-name") };
        _jobs.Add(job);
        return Answer(request, Job(job), IppTag.JobAttributes);
    }

    private IppMessage Cancel(IppMessage request, IppJobRecord job)
    {
        if (job.HasEnded)
            return Status(request, IppStatus.NotPossible);
        if (PrintsOnWhenCancelled && job.State == IppJobState.Processing)
            job.Reason = "processing-to-stop-point";
        else
            (job.State, job.Reason) = (IppJobState.Canceled, "job-canceled-by-user");
        return Status(request, IppStatus.Ok);
    }

    private IppMessage GetJobs(IppMessage request, IppAttributes attributes)
    {
        var ended = attributes.Text("which-jobs") == "completed";
        var jobs = _jobs.Where(job => job.HasEnded == ended).Take(attributes.Number("limit") ?? int.MaxValue);
        if (ended)
            jobs = _jobs.Where(job => job.HasEnded).Reverse().Take(attributes.Number("limit") ?? int.MaxValue);
        return new IppMessage(0, request.RequestId, [.. jobs.Select(job => new IppGroup(IppTag.JobAttributes, Select(attributes, Job(job))))]);
    }

    private IppAttributes Printer()
    {
        var isPrinting = _jobs.Exists(job => job.State == IppJobState.Processing);
        var reasons = Reasons;
        return new IppAttributes(
        [
            new("operations-supported", [.. Operations.Select(operation => (IppValue)new IppInteger(IppTag.Enum, (int)operation))]),
            new("document-format-supported", [.. Formats.Select(format => (IppValue)new IppText(IppTag.MimeMediaType, format))]),
            new("reference-uri-schemes-supported", [new IppText(IppTag.UriScheme, "http"), new IppText(IppTag.UriScheme, "https")]),
            new("ipp-versions-supported", [new IppText(IppTag.Keyword, "1.1"), new IppText(IppTag.Keyword, "2.0")]),
            new("multiple-operation-time-out", new IppInteger(IppTag.Integer, OperationTimeOut)),
            new("printer-name", new IppText(IppTag.NameWithoutLanguage, "fake")),
            new("printer-info", new IppLocalizedText(IppTag.TextWithLanguage, "en", "Fake 3D printer")),
            new("printer-make-and-model", new IppText(IppTag.TextWithoutLanguage, "Acme Fake 3D")),
            new("printer-device-id", new IppText(IppTag.TextWithoutLanguage, "MFG:Acme;MDL:Fake 3D;SN:0815;CMD:3MF;")),
            new("printer-firmware-string-version", new IppText(IppTag.TextWithoutLanguage, "1.2.3")),
            new("printer-volume-supported", new IppCollection(new IppAttributes(
                [.. new[] { ("x", 20000), ("y", 21000), ("z", 22050) }.Select(side => new IppAttribute($"{side.Item1}-dimension", new IppInteger(IppTag.Integer, side.Item2)))]))),
            new("material-type-supported", [new IppText(IppTag.Keyword, "pla"), new IppText(IppTag.Keyword, "abs-carbon-fiber")]),
            new("platform-temperature-supported", new IppRange(0, 110)),
            new("printer-state", new IppInteger(IppTag.Enum, (int)(IsStopped ? IppPrinterState.Stopped : isPrinting ? IppPrinterState.Processing : IppPrinterState.Idle))),
            new("printer-state-reasons", reasons.IsEmpty ? [new IppText(IppTag.Keyword, "none")] : [.. reasons.Select(reason => (IppValue)new IppText(IppTag.Keyword, reason))]),
            new("printer-state-message", new IppText(IppTag.TextWithoutLanguage, "")),
            new("queued-job-count", new IppInteger(IppTag.Integer, _jobs.Count)),

            // Whatever its configuration says, it adds its own.
            new("document-format-supported", [new IppText(IppTag.MimeMediaType, "application/octet-stream"), new IppText(IppTag.MimeMediaType, "text/x.of-its-own")]),
        ]);
    }

    private IppAttributes Job(IppJobRecord job) => new(
    [
        new("job-id", new IppInteger(IppTag.Integer, job.Id)),
        new("job-name", new IppText(IppTag.NameWithoutLanguage, job.Name)),
        new("job-state", new IppInteger(IppTag.Enum, (int)job.State)),
        new("job-state-reasons", new IppText(IppTag.Keyword, IsServer ? "none" : job.Reason)),
        new("job-state-message", new IppText(IppTag.TextWithoutLanguage, job.Message)),
        new("time-at-processing", job.HasBegun ? new IppInteger(IppTag.Integer, 1) : new IppOutOfBand(IppTag.NoValue)),
        new("job-impressions", new IppInteger(IppTag.Integer, 100)),
        new("job-impressions-completed", new IppInteger(IppTag.Integer, job.Data is null ? 0 : 25)),
        .. IsServer ? [new IppAttribute("number-of-documents", new IppInteger(IppTag.Integer, job.Data is null ? 0 : 1))] : Array.Empty<IppAttribute>(),
        .. job.AccessError is { } error ? [new IppAttribute("job-document-access-errors", new IppText(IppTag.TextWithoutLanguage, error))] : Array.Empty<IppAttribute>(),
    ]);

    private static IppAttributes Select(IppAttributes request, IppAttributes all) =>
        new([.. all.All.Where(attribute => request.Texts("requested-attributes").Contains(attribute.Name))]);

    private static IppMessage Answer(IppMessage request, IppAttributes attributes, IppTag tag) => new(0, request.RequestId, [new IppGroup(tag, attributes)]);

    private static IppMessage Status(IppMessage request, IppStatus status, string message = "", IppGroup? more = null) => new((ushort)status, request.RequestId,
    [
        new IppGroup(IppTag.OperationAttributes, new IppAttributes(
        [
            new("attributes-charset", new IppText(IppTag.Charset, "utf-8")),
            new("attributes-natural-language", new IppText(IppTag.NaturalLanguage, "en")),
            new("status-message", new IppText(IppTag.TextWithoutLanguage, message)),
        ])),
        .. more is null ? Array.Empty<IppGroup>() : [more],
    ]);
}
