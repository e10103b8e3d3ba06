namespace Dwapi.Silo.Hosting.Cluster;

/// <summary>What a process logs as one of a cluster. Event ids 6000-6099.</summary>
internal static partial class Log
{
    [LoggerMessage(6000, LogLevel.Warning, "Waiting for a silo of the cluster: {Reason}")]
    public static partial void WaitingForSilo(ILogger logger, string reason);

    [LoggerMessage(6001, LogLevel.Warning, "No silo of the cluster is reached; looking for one. Applications are answered with errors meanwhile.")]
    public static partial void SilosLost(ILogger logger);

    [LoggerMessage(6002, LogLevel.Information, "Silos are reached again: {Count}.")]
    public static partial void SilosFound(ILogger logger, int count);

    [LoggerMessage(6003, LogLevel.Warning, "The database has schema {Schema}, this program needs {Needed}: waiting for a silo to bring it there.")]
    public static partial void WaitingForSchema(ILogger logger, int schema, int needed);
}
