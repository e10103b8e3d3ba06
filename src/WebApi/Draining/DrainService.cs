using System.Globalization;
using Dwapi.Grains.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dwapi.WebApi.Draining;

/// <summary>
/// The steps of a stop, each a line in the log: not ready and nothing new; a wait for balancers; waits answered; sockets and links closed in
/// waves; then the host stops listening, the runtime hands its grains over and leaves. All that while this runs the node serves.
/// </summary>
internal sealed class DrainService(NodeDrain drain, IOptions<DwapiOptions> options, TimeProvider time, ILogger<DrainService> logger)
    : IHostedLifecycleService
{
    private readonly DwapiOptions _options = options.Value;
    private long _begun;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        ConnectionCounters.Show();
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _begun = time.GetTimestamp();
        drain.Begin();
        var open = drain.Open();
        Log.DrainBegun(logger, open.Count(c => c.Kind == ConnectionKind.Socket), open.Count(c => c.Kind == ConnectionKind.Link));
        try
        {
            if (_options.DrainDelay > TimeSpan.Zero)
            {
                Log.DrainWaits(logger, _options.DrainDelay.TotalSeconds);
                await Task.Delay(_options.DrainDelay, time, cancellationToken);
            }

            drain.EndWaits();
            await CloseInWaves(_options.DrainTimeout - time.GetElapsedTime(_begun), cancellationToken);
            Log.DrainClosed(logger, open.Length, Elapsed());
        }
        catch (Exception fault) when (fault is OperationCanceledException or TimeoutException)
        {
            drain.EndWaits();
            var left = drain.Open();
            Log.DrainCut(logger, left.Length, Elapsed());
            Array.ForEach(left, static connection => connection.Abort());
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Log.DrainLeft(logger, Elapsed());
        return Task.CompletedTask;
    }

    // Half of the time for the waves, a quarter for those who are slow to say goodbye; the rest is for the grains' way to another silo.
    private async Task CloseInWaves(TimeSpan within, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var open = drain.Open();
        if (open.Length > 0)
        {
            Random.Shared.Shuffle(open);
            var pace = DrainPace.Of(open.Length, _options.DrainRate, within / 2);
            Log.DrainCloses(logger, open.Length, pace.Wave);
            for (var next = 0; next < open.Length; next += pace.Wave)
            {
                if (next > 0)
                {
                    await Task.Delay(DrainPace.Next(), time, cancellationToken);
                }

                foreach (var connection in open.AsSpan(next, Math.Min(pace.Wave, open.Length - next)))
                {
                    connection.Close();
                }
            }
        }

        var left = (within * 0.75) - time.GetElapsedTime(began);
        await drain.WaitUntilEmpty().WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);
    }

    private string Elapsed() => time.GetElapsedTime(_begun).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
}
