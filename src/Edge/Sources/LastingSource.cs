using Microsoft.Extensions.Logging;

namespace Dwapi.Edge.Sources;

/// <summary>A source that is never done. One that ends by a fault is made anew after a while: an edge that runs without it looks well to everybody.</summary>
/// <param name="first">The source.</param>
/// <param name="again">Makes another one.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where to.</param>
internal sealed class LastingSource(IMeasurementSource first, Func<IMeasurementSource> again, TimeProvider time, ILogger log) : IMeasurementSource
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    public async Task RunAsync(IMeasurementSink sink, CancellationToken cancellationToken)
    {
        for (var source = first; ; source = again())
        {
            try
            {
                await source.RunAsync(sink, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                Log.SourceFailed(log, $"{e.Message} It begins anew in {Pause.TotalSeconds:0} s.");
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
