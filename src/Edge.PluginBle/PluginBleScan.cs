using Dwapi.Edge.Bluetooth;
using Microsoft.Extensions.Logging;
using Plugin.BLE.Abstractions;
using Plugin.BLE.Abstractions.Contracts;

namespace Dwapi.Edge.PluginBle;

/// <summary>Keeps a scan going.</summary>
internal sealed class PluginBleScan(IAdapter adapter, PluginBlePlatform platform, Guid[] services, Sightings sightings, TimeProvider time, ILogger log)
{
    // Android takes a scan of half an hour for a forgotten one, and makes it hear next to nothing.
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(5);

    private long? _started;

    /// <summary>Scans until cancelled; each scan of Plugin.BLE ends by itself after a while, and is followed by the next.</summary>
    /// <exception cref="BluetoothException">No scan can be started any more.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var filter = services.Length > 0 && !platform.FilterWantsAll ? new ScanFilterOptions { ServiceUuids = services } : null;
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                if (_started is { } before && platform.BetweenScans - time.GetElapsedTime(before) is var rest && rest > TimeSpan.Zero)
                    await Task.Delay(rest, time, cancellationToken).ConfigureAwait(false);
                if (!await TryAsync(filter, cancellationToken).ConfigureAwait(false))
                    await Task.Delay(PauseAfterFault, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>One scan, to its end.</summary>
    /// <returns>False if it did not start.</returns>
    private async Task<bool> TryAsync(ScanFilterOptions? filter, CancellationToken cancellationToken)
    {
        // Another part of the program: its devices are heard too.
        if (adapter.IsScanning)
            return false;
        sightings.ForgetOld();
        adapter.ScanTimeout = (int)Period.TotalMilliseconds;

        // These devices advertise for seconds.
        adapter.ScanMode = ScanMode.LowLatency;
        adapter.ScanMatchMode = ScanMatchMode.AGRESSIVE;
        _started = time.GetTimestamp();
        try
        {
            await adapter.StartScanningForDevicesAsync(filter, allowDuplicatesKey: true, cancellationToken: cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.BluetoothFault(log, $"the scan did not start: {e.Message}");

            // A start that throws leaves Plugin.BLE believing that it scans, for ever.
            return adapter.IsScanning
                ? throw new BluetoothException(PluginBleFault.Of(e).Fault, $"The scan could not be started ({e.Message}). Start the edge again.", e)
                : false;
        }
    }
}
