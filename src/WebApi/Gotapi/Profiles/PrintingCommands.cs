using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Printing;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Printing;
using Dwapi.Grains.Settings;
using Dwapi.WebApi.Draining;
using Microsoft.Extensions.Options;

namespace Dwapi.WebApi.Gotapi.Profiles;

/// <summary>
/// The attributes <c>printingcommand</c> (PUT orders a job and answers at once, DELETE stops one, GET is the queue) and
/// <c>contentserver</c>.
/// </summary>
internal sealed class PrintingCommands(IGrainFactory grains, IOptions<PrintingOptions> options, NodeDrain drain, Answers answers)
{
    private const int LongestUri = 2048;
    private const int LongestKey = 255;

    /// <summary>GET: the queue.</summary>
    public async ValueTask GetQueue(GotapiCall call, ServiceRegistration service)
    {
        var view = await PrinterOf(call, service).GetView();
        await AnswerQueue(call, "", view.Queue);
    }

    /// <summary>PUT: orders a job.</summary>
    public async ValueTask Start(GotapiCall call, ServiceRegistration service)
    {
        var problem = TryRead(call, service, out var request, out var key);
        if (problem.Length > 0)
        {
            await call.Fail(GotapiErrors.InvalidRequestParameter, problem);
            return;
        }

        var answer = await JobOf(call, JobIdOf(call, service, key)).Order(request!);
        await (answer.ErrorCode == 0 ? AnswerQueue(call, answer.JobId, answer.Queue) : call.Fail(GotapiErrors.Of(answer.ErrorCode), answer.ErrorMessage));
    }

    /// <summary>DELETE: stops the job of <c>jobId</c> or <c>order</c>, else the running one.</summary>
    public async ValueTask Stop(GotapiCall call, ServiceRegistration service)
    {
        var jobId = call.Parameters.Find("jobId") ?? "";
        if (jobId.Length == 0)
        {
            var order = 0;
            if (call.Parameters.Find("order") is { Length: > 0 } text && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out order))
            {
                await call.Fail(GotapiErrors.InvalidRequestParameter, "order is a number of the queue.");
                return;
            }

            var view = await PrinterOf(call, service).GetView();
            var queue = JsonSerializer.Deserialize(view.Queue.Span, PrintingJson.Default.ImmutableArrayPrintQueueEntry);
            var entry = queue.FirstOrDefault(entry => entry.Order == order);
            if (entry is null)
            {
                await call.Fail(
                    order == 0 ? GotapiErrors.IllegalDeviceState : GotapiErrors.InvalidRequestParameter,
                    order == 0 ? "Nothing is printed now." : "The queue has no such order. GET printingcommand shows it.");
                return;
            }

            if (entry.JobId is null)
            {
                await call.Fail(GotapiErrors.Authorization, "Somebody started this at the printer. Stop it there.");
                return;
            }

            jobId = entry.JobId;
        }

        if (!ServiceIdRule.IsValid(jobId))
        {
            await call.Fail(GotapiErrors.InvalidRequestParameter, "There is no such job of this printer.");
            return;
        }

        var answer = await JobOf(call, jobId).Cancel(service.ServiceId, call.Origin);
        await (answer.ErrorCode == 0 ? AnswerQueue(call, jobId, answer.Queue) : call.Fail(GotapiErrors.Of(answer.ErrorCode), answer.ErrorMessage));
    }

    /// <summary>GET contentserver: the tenant's content servers, each with a token for listing and choosing.</summary>
    public async ValueTask GetContentServers(GotapiCall call, ServiceRegistration service)
    {
        var wait = drain.ForWait(call.Context);
        var asked = options.Value.AllContentServers.Where(server => server.IsOf(call.Tenant.Name))
            .Select(server => grains.GetGrain<IContentServerGrain>(call.Tenant.KeyOf(server.Id)).Connect(call.Origin, service.ServiceId))
            .ToList();
        var connected = await Task.WhenAll(asked).WaitAsync(wait);
        if (connected.Length > 0 && Array.TrueForAll(connected, server => server.ErrorCode != 0))
        {
            await call.Fail(GotapiErrors.Of(connected[0].ErrorCode), connected[0].ErrorMessage);
            return;
        }

        var hmac = await call.Hmac();
        var answer = answers.BeginWithRequestCode();
        answer.Write(",\"contentserver\":["u8);
        var first = true;
        foreach (var server in connected.Where(server => server.ErrorCode == 0))
        {
            answer.Write(first ? default : ","u8);
            answer.Write(server.Entry.Span);
            first = false;
        }

        answer.Write("]"u8);
        Answers.End(call.Context, answer, hmac);
    }

    private async ValueTask AnswerQueue(GotapiCall call, string jobId, ReadOnlyMemory<byte> queue)
    {
        var hmac = await call.Hmac();
        var answer = answers.BeginWithRequestCode();
        if (jobId.Length > 0)
        {
            answer.Write(",\"jobId\":"u8);
            answer.WriteAscii(jobId);
        }

        answer.Write(",\"printqueue\":"u8);
        answer.Write(queue.Span);
        Answers.End(call.Context, answer, hmac);
    }

    /// <summary>Reads the parameters of PUT; says what is wrong with them, or "".</summary>
    private static string TryRead(GotapiCall call, ServiceRegistration service, out PrintRequest? request, out string key)
    {
        request = null;
        string Text(string name) => call.Parameters.Find(name) ?? "";

        key = call.Context.Request.Headers["Idempotency-Key"] is [{ Length: > 0 } header] ? header : Text("idempotencyKey");
        var (uri, fileName, sha256, profile) = (Text("uri"), Text("fileName"), Text("sha256").ToLowerInvariant(), Text("profile"));
        if (key.Length > LongestKey)
        {
            return "An Idempotency-Key has 255 characters at most.";
        }

        if (uri.Length is 0 or > LongestUri || !Uri.TryCreate(uri, UriKind.Absolute, out var content))
        {
            return "uri is the absolute URI of the content.";
        }

        if (content.UserInfo.Length > 0 || CarriesSecret(content.Query))
        {
            return "uri carries a secret, which the queue would show. Give it as secureToken.";
        }

        if (fileName.Length > 255 || fileName.StartsWith('.') || fileName.AsSpan().IndexOfAny('/', '\\') >= 0 || fileName.Any(char.IsControl))
        {
            return "fileName is a name without path.";
        }

        if (sha256.Length > 0 && (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigit)))
        {
            return "sha256 has 64 hex digits.";
        }

        if (profile.Length > 0 && !ServiceIdRule.IsValid(profile))
        {
            return "profile is the name of a slicer profile.";
        }

        var text = Text("priority");
        var priority = 0;
        if (text.Length > 0 && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out priority) || priority > 9))
        {
            return "priority is a number from 0 to 9.";
        }

        if (Text("hold") is not ("" or "true" or "false"))
        {
            return "hold is true or false.";
        }

        request = new PrintRequest(
            service.ServiceId,
            call.Origin,
            content.AbsoluteUri,
            fileName,
            sha256,
            profile,
            Text("contentServerId"),
            Encoding.UTF8.GetBytes(Text("secureToken")),
            Text("hold") == "true",
            priority);
        return "";
    }

    private static bool CarriesSecret(string query) =>
        query.Contains("token", StringComparison.OrdinalIgnoreCase) || query.Contains("secret", StringComparison.OrdinalIgnoreCase)
        || query.Contains("key=", StringComparison.OrdinalIgnoreCase) || query.Contains("password", StringComparison.OrdinalIgnoreCase);

    /// <summary>The same key of the same application for the same printer is the same job; without a key every call is a new one.</summary>
    private static string JobIdOf(GotapiCall call, ServiceRegistration service, string key) => "job-" + (key.Length == 0
        ? RandomNumberGenerator.GetHexString(24, lowercase: true)
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{call.Origin}\n{service.ServiceId}\n{key}")).AsSpan(0, 12)));

    private IPrinterGrain PrinterOf(GotapiCall call, ServiceRegistration service) => grains.GetGrain<IPrinterGrain>(call.Tenant.KeyOf(service.ServiceId));

    private IPrintJobGrain JobOf(GotapiCall call, string jobId) => grains.GetGrain<IPrintJobGrain>(call.Tenant.KeyOf(jobId));
}
