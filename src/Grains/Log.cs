using Microsoft.Extensions.Logging;

namespace Dwapi.Grains;

/// <summary>Every log message of the grains. None carries a health value, a token or a key.</summary>
internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Warning, "Measurements of {Service} are not stored and will be sent again: {Reason}")]
    public static partial void StoreFailed(ILogger logger, string service, string reason);

    [LoggerMessage(101, LogLevel.Warning, "Another activation of {Service} stored measurements first; this one gives up and its items are sent again")]
    public static partial void HeadConflict(ILogger logger, string service);

    [LoggerMessage(102, LogLevel.Warning, "Events of {Service} could not be published; web nodes read them again with their next head check")]
    public static partial void PublishFailed(ILogger logger, Exception exception, string service);

    [LoggerMessage(200, LogLevel.Information, "Edge {Edge} is connected")]
    public static partial void LinkUp(ILogger logger, string edge);

    [LoggerMessage(201, LogLevel.Information, "Edge {Edge} is not connected any more: {Reason}")]
    public static partial void LinkDown(ILogger logger, string edge, string reason);

    [LoggerMessage(202, LogLevel.Warning, "Edge {Edge} was refused with error {ErrorCode}: {Reason}")]
    public static partial void LinkRefused(ILogger logger, string edge, int errorCode, string reason);

    [LoggerMessage(203, LogLevel.Warning, "Service {Service} could not be told of its announcement; it is told again within 5 s")]
    public static partial void AnnouncementNotTold(ILogger logger, Exception exception, string service);

    [LoggerMessage(204, LogLevel.Warning, "Changes of the services of edge {Edge} could not be published")]
    public static partial void ServiceChangesNotPublished(ILogger logger, Exception exception, string edge);

    [LoggerMessage(205, LogLevel.Warning, "A call to the plug-in of edge {Edge} could not be handed over")]
    public static partial void CallNotDelivered(ILogger logger, Exception exception, string edge);

    [LoggerMessage(300, LogLevel.Warning, "{Origin} asked for a wildcard scope, which no policy allows; set {Setting} to allow it for this origin")]
    public static partial void WildcardRefused(ILogger logger, string origin, string setting);

    [LoggerMessage(301, LogLevel.Information, "{Origin} waits for approval of {Scopes}")]
    public static partial void ApprovalWaits(ILogger logger, string origin, string scopes);

    [LoggerMessage(302, LogLevel.Information, "{Origin} got access to {Scopes} by {Decider}")]
    public static partial void AccessGranted(ILogger logger, string origin, string scopes, string decider);

    [LoggerMessage(303, LogLevel.Information, "{Origin} got no access: {Reason}")]
    public static partial void AccessRefused(ILogger logger, string origin, string reason);

    [LoggerMessage(304, LogLevel.Debug, "A socket could not be told; its node will notice by itself")]
    public static partial void SocketNotTold(ILogger logger, Exception exception);

    [LoggerMessage(305, LogLevel.Warning, "The pending approval of {Origin} could not be withdrawn from the list; it lapses there at its deadline")]
    public static partial void ApprovalNotWithdrawn(ILogger logger, Exception exception, string origin);

    [LoggerMessage(306, LogLevel.Warning, "A session could not be told that its web node fell silent; it is told again in 5 s")]
    public static partial void SilenceNotTold(ILogger logger, Exception exception);

    [LoggerMessage(400, LogLevel.Warning, "Print job {Job} could not be told of its turn; its printer tries again within 10 s")]
    public static partial void JobNotTold(ILogger logger, Exception exception, string job);

    [LoggerMessage(401, LogLevel.Warning, "Print job {Job} could not go on; it tries again within 5 s")]
    public static partial void JobStalled(ILogger logger, Exception exception, string job);

    [LoggerMessage(402, LogLevel.Warning, "The printer of job {Job} could not be told; it is told again within 5 s")]
    public static partial void PrinterNotTold(ILogger logger, Exception exception, string job);

    [LoggerMessage(403, LogLevel.Information, "Print job {Job} failed: {Code}")]
    public static partial void JobFailed(ILogger logger, string job, Gotapi.Printing.PrintErrorCode code);

    [LoggerMessage(405, LogLevel.Warning, "Edge {Edge} has lost print job {Job}; it is told it again and looks what the printer made of it")]
    public static partial void JobLost(ILogger logger, string edge, string job);

    [LoggerMessage(406, LogLevel.Warning, "Old jobs of printer {Printer} could not be forgotten; it is tried again later")]
    public static partial void JobsNotForgotten(ILogger logger, Exception exception, string printer);

    [LoggerMessage(404, LogLevel.Warning, "Content server {Server} did not do what it was asked: {Reason}")]
    public static partial void ContentServerFailed(ILogger logger, string server, string reason);
}
