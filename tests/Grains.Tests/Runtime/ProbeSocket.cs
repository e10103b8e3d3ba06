using System.Threading.Channels;
using Dwapi.Grains.Applications;

namespace Dwapi.Grains.Tests.Runtime;

/// <summary>A web node's socket that writes down what it is told.</summary>
internal sealed class ProbeSocket : ISessionSocket
{
    private readonly Channel<string> _told = Channel.CreateUnbounded<string>();

    public Task MonitorStarted(string socketId, SessionMonitor monitor) => Tell($"started {monitor.Key.Attribute}");

    public Task MonitorStopped(string socketId, MonitorKey key) => Tell($"stopped {key.Attribute}");

    public Task Close(string socketId, string reason) => Tell("close");

    public async Task<string> Next()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _told.Reader.ReadAsync(patience.Token);
    }

    private Task Tell(string what) => _told.Writer.WriteAsync(what).AsTask();
}
