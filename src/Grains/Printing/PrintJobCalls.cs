using System.Collections.Immutable;
using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Printing;
using Dwapi.Grains.Edges;

namespace Dwapi.Grains.Printing;

/// <summary>Orders and commands of a job as calls of its edge.</summary>
internal static class PrintJobCalls
{
    /// <summary>Whether asking again gets no other answer: anything but a line that is down, an edge that is off or busy, and a wait.</summary>
    public static bool IsFinal(int errorCode) =>
        errorCode != GotapiErrors.Timeout.Code && errorCode != GotapiErrors.IllegalDeviceState.Code && errorCode != GotapiErrors.IllegalServerState.Code
        && errorCode != GotapiErrors.PluginDisabled.Code && errorCode != GotapiErrors.PluginSuspended.Code;

    /// <summary>The question whether an edge has a job.</summary>
    public static PluginCall Ask(string jobId, PrintJobData data) => Of("GET", data, Job($"{jobId}:ask", jobId));

    /// <summary>The call.</summary>
    /// <param name="operation">What the edge is told.</param>
    /// <param name="operationId">Names it, so that a repeated one does nothing again.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="data">The job's state.</param>
    /// <param name="grant">Leave to download, for an order.</param>
    public static PluginCall Of(PendingOperation operation, string operationId, string jobId, PrintJobData data, ContentGrant? grant)
    {
        var request = data.Request!;
        IEnumerable<KeyValuePair<string, string>> parameters = operation switch
        {
            PendingOperation.Order => new PrintJobOrder
            {
                OperationId = operationId,
                JobId = jobId,
                Attempt = data.Attempt,
                Uri = grant!.Uri,
                FileName = request.FileName,
                Sha256 = request.Sha256,
                Slicer = request.Slicer,
                SecureToken = grant.SecureToken,
                TokenInUrl = grant.TokenInUrl,
                Hosts = grant.Hosts,
                Trace = Trace(data),
            }.ToParameters(),
            PendingOperation.Cancel => [.. Job(operationId, jobId), .. Trace(data).ToParameters()],
            _ => [.. Job(operationId, jobId), new("command", operation == PendingOperation.Pause ? "pause" : "resume")],
        };
        var method = operation switch
        {
            PendingOperation.Order => "PUT",
            PendingOperation.Cancel => "DELETE",
            _ => "POST",
        };
        return Of(method, data, parameters);
    }

    private static PluginCall Of(string method, PrintJobData data, IEnumerable<KeyValuePair<string, string>> parameters) => new(
        method, data.Request!.ServiceId, PrintingProfile.Name, "", PrintingProfile.Job, "", "", "", "", "",
        [.. parameters.Select(parameter => new PluginParameter(parameter.Key, parameter.Value))]);

    private static PrintJobTrace Trace(PrintJobData data) => new(data.Reported, data.State, data.RemoteName ?? "", data.OrderedAgain);

    private static ImmutableArray<KeyValuePair<string, string>> Job(string operationId, string jobId) =>
        [new("operationId", operationId), new("jobId", jobId)];
}
