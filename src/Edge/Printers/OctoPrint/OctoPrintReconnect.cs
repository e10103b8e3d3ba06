using System.Text.Json.Nodes;
using Dwapi.Edge.Printers.Connections;

namespace Dwapi.Edge.Printers.OctoPrint;

/// <summary>Connects OctoPrint to its printer again after an error of the firmware, where the settings permit it.</summary>
internal sealed class OctoPrintReconnect(PrinterHttp http, TimeProvider time)
{
    private static readonly TimeSpan FirstAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private Task _mending = Task.CompletedTask;
    private bool _broken;
    private long? _triedAt;

    /// <summary>Takes how the printer is; a fault that is new is answered with one try, a little later.</summary>
    public void Note(OctoPrintState state, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var turned = state.IsBroken && !_broken;
            _broken = state.IsBroken;
            if (!turned || !_mending.IsCompleted)
                return;
            var left = _triedAt is { } at ? AgainAfter - time.GetElapsedTime(at) : FirstAfter;
            _mending = MendAsync(left > FirstAfter ? left : FirstAfter, cancellationToken);
        }
    }

    private async Task MendAsync(TimeSpan after, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(after, time, cancellationToken).ConfigureAwait(false);
            lock (_gate)
            {
                if (!_broken)
                    return;
                _triedAt = time.GetTimestamp();
            }

            var options = PrinterJson.Object(await http.GetAsync("api/connection", cancellationToken).ConfigureAwait(false), "options");

            // From 2.0 on the old form of the command means the serial port: without one, the printer is connected otherwise, and a person has to do it.
            var version = PrinterJson.Text(await http.GetAsync("api/version", cancellationToken).ConfigureAwait(false), "server");
            if (version.StartsWith("1.", StringComparison.Ordinal) || PrinterJson.Text(options, "portPreference").Length > 0)
                await http.CommandAsync(HttpMethod.Post, "api/connection", new JsonObject { ["command"] = "connect" }, cancellationToken).ConfigureAwait(false);
        }
        catch (PrinterException)
        {
            // The readings go on saying what is wrong.
        }
        catch (OperationCanceledException)
        {
            // The next session finds the fault anew.
            lock (_gate)
                _broken = false;
        }
    }
}
