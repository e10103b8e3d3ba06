namespace Dwapi.Grains.Applications;

/// <summary>A web node's side of the WebSockets that it holds. What is said of a socket that is gone goes nowhere.</summary>
[Alias("Dwapi.ISessionSocket")]
public interface ISessionSocket : IGrainObserver
{
    /// <summary>A monitor was started or replaced: deliver from its position.</summary>
    [Alias("MonitorStarted")]
    Task MonitorStarted(string socketId, SessionMonitor monitor);

    /// <summary>A monitor was stopped.</summary>
    [Alias("MonitorStopped")]
    Task MonitorStopped(string socketId, MonitorKey key);

    /// <summary>The session ended or its token was replaced: close the socket.</summary>
    [Alias("Close")]
    Task Close(string socketId, string reason);
}
