namespace Dwapi.WebApi.Events;

/// <summary>What a node shares of one stream among the monitors of its sockets.</summary>
internal interface IFeed
{
    /// <summary>Monitors on it; kept by the hub under its lock.</summary>
    int Monitors { get; set; }

    /// <summary>When the head is to be compared next, a timestamp; kept by the hub.</summary>
    long NextCheck { get; set; }

    /// <summary>The head is being compared, or what was found is being put right.</summary>
    bool IsChecking { get; }

    /// <summary>Brings a monitor up to date and makes it live; tries again until it succeeds or the monitor is closed.</summary>
    Task Join(SocketMonitor monitor);

    /// <summary>Takes a monitor off.</summary>
    Task Leave(SocketMonitor monitor);

    /// <summary>Reads what the stream lost.</summary>
    Task Check();

    /// <summary>Ends the subscription.</summary>
    Task Stop();
}
