using Microsoft.Extensions.Logging;

namespace Dwapi.WebApi;

/// <summary>
/// Everything the web layer logs. Event ids 1000-1999: towards applications; 2000-2999: plug-in link, management, FHIR.
/// No health value, token or key is ever a parameter.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Warning, "A call that nobody waits for failed.")]
    public static partial void BackgroundCallFailed(ILogger logger, Exception fault);

    [LoggerMessage(1001, LogLevel.Error, "Answering {Profile}/{Attribute} failed.")]
    public static partial void RequestFailed(ILogger logger, string profile, string attribute, Exception fault);

    [LoggerMessage(1002, LogLevel.Warning, "Discovery: edge {EdgeId} did not answer.")]
    public static partial void EdgeSilent(ILogger logger, string edgeId, Exception fault);

    [LoggerMessage(1003, LogLevel.Information, "Origin {Origin} asks to show the keyword of this server: {Keyword}")]
    public static partial void KeywordAsked(ILogger logger, string origin, string keyword);

    [LoggerMessage(1100, LogLevel.Debug, "A GotAPI-5 socket broke: {Fault}.")]
    public static partial void SocketBroke(ILogger logger, string fault);

    [LoggerMessage(1101, LogLevel.Debug, "Writing to a GotAPI-5 socket ended: {Fault}.")]
    public static partial void SocketWriteEnded(ILogger logger, string fault);

    [LoggerMessage(1102, LogLevel.Information, "A GotAPI-5 socket brought no token in time and was closed.")]
    public static partial void HandshakeTimedOut(ILogger logger);

    [LoggerMessage(1103, LogLevel.Warning, "Events of {Key} could not be read; they are asked for again.")]
    public static partial void FeedFailed(ILogger logger, string key, Exception fault);

    [LoggerMessage(1104, LogLevel.Information, "The stream of {Key} told nothing while the device went on; subscribed to it anew.")]
    public static partial void StreamSilent(ILogger logger, string key);

    [LoggerMessage(1200, LogLevel.Information, "Stopping: not ready, no new connections. Open: {Sockets} WebSockets, {Links} plug-in links.")]
    public static partial void DrainBegun(ILogger logger, int sockets, int links);

    [LoggerMessage(1201, LogLevel.Information, "Stopping: requests are answered for {Seconds} s more, for balancers to notice (Dwapi:DrainDelay).")]
    public static partial void DrainWaits(ILogger logger, double seconds);

    [LoggerMessage(1202, LogLevel.Information, "Stopping: {Connections} connections are closed in waves of {Wave} (Dwapi:DrainRate).")]
    public static partial void DrainCloses(ILogger logger, int connections, int wave);

    [LoggerMessage(1203, LogLevel.Information, "Stopping: {Connections} connections closed after {Seconds} s. No more requests; grains are handed over.")]
    public static partial void DrainClosed(ILogger logger, int connections, string seconds);

    [LoggerMessage(1204, LogLevel.Warning, "Stopping: {Connections} connections did not end within {Seconds} s and are cut off (Dwapi:DrainTimeout).")]
    public static partial void DrainCut(ILogger logger, int connections, string seconds);

    [LoggerMessage(1205, LogLevel.Information, "Stopped after {Seconds} s.")]
    public static partial void DrainLeft(ILogger logger, string seconds);

    [LoggerMessage(2001, LogLevel.Information, "The admin token is in {Path}.")]
    public static partial void AdminTokenAt(ILogger logger, string path);

    [LoggerMessage(2002, LogLevel.Warning, "Refused {Method} from {Address} at the management door: no admin token and no console cookie.")]
    public static partial void AdminRefused(ILogger logger, string method, string address);

    [LoggerMessage(2101, LogLevel.Information, "Edge {Edge} is connected: {Product} {Version}, position {Acknowledged} of epoch {Epoch}.")]
    public static partial void LinkUp(ILogger logger, string edge, string product, string version, long acknowledged, string epoch);

    [LoggerMessage(2102, LogLevel.Information, "The link of edge {Edge} is down: {Reason}.")]
    public static partial void LinkDown(ILogger logger, string edge, string reason);

    [LoggerMessage(2103, LogLevel.Warning, "Refused a plug-in link from {Address}: {Reason}")]
    public static partial void LinkRefused(ILogger logger, string address, string reason);

    [LoggerMessage(2104, LogLevel.Warning, "Edge {Edge}: refused position {Position} of {Service}: {Code} {Reason}")]
    public static partial void ItemRefused(ILogger logger, string edge, long position, string service, int code, string reason);

    [LoggerMessage(2105, LogLevel.Warning, "Edge {Edge}: refused service {Service}: {Reason}")]
    public static partial void ServiceRefused(ILogger logger, string edge, string service, string reason);

    [LoggerMessage(2106, LogLevel.Warning, "Edge {Edge}: {Items} items of {Service} were not taken, attempt {Attempt}.")]
    public static partial void Repeating(ILogger logger, string edge, string service, int items, int attempt, Exception? exception);

    [LoggerMessage(2111, LogLevel.Error, "Edge {Edge}: since its start {Lost} measurements were lost because its disk refused them, {Dropped} continuous values gave way in its full outbox. dwapi-edge doctor, at the edge, says what to do.")]
    public static partial void EdgeMisses(ILogger logger, string edge, long lost, long dropped);

    [LoggerMessage(2107, LogLevel.Error, "Edge {Edge}: the link failed.")]
    public static partial void LinkFailed(ILogger logger, string edge, Exception exception);

    [LoggerMessage(2108, LogLevel.Debug, "Edge {Edge}: an intermediate measurement of {Service} was lost.")]
    public static partial void IntermediateLost(ILogger logger, string edge, string service, Exception exception);

    [LoggerMessage(2110, LogLevel.Warning, "Edge {Edge}: {Items} items of {Service} are held: {Reason}")]
    public static partial void Held(ILogger logger, string edge, string service, int items, string reason);
}
