using System.Globalization;
using Dwapi.Gotapi.Frames;

namespace Dwapi.Edge.Sources.Replay;

/// <summary>Plays a capture: with its own pauses, dated now; or as fast as the outbox takes it, dated as it was captured.</summary>
internal sealed class ReplaySource(string path, bool fast, TimeProvider time) : IMeasurementSource
{
    private const int RunAhead = 2048;

    public async Task RunAsync(IMeasurementSink sink, CancellationToken cancellationToken)
    {
        var pending = new PendingValues(RunAhead);
        var announced = new Dictionary<string, string>(StringComparer.Ordinal);
        var shift = (TimeSpan?)null;
        await foreach (var line in CaptureFile.ReadAsync(path, cancellationToken).ConfigureAwait(false))
        {
            shift ??= fast ? TimeSpan.Zero : time.GetUtcNow() - line.Time;
            var at = line.Time + shift.Value;
            var wait = fast ? TimeSpan.Zero : at - time.GetUtcNow();
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            if (!announced.TryGetValue(line.Address, out var serviceId))
            {
                serviceId = ServiceIdOf(line.Address);
                announced.Add(line.Address, serviceId);
                sink.Announce(new SourceDevice(serviceId, line.Name, []));
            }

            await pending.AddAsync(sink.AcceptAsync(serviceId, line.Value, at, cancellationToken)).ConfigureAwait(false);
        }

        await pending.DrainAsync().ConfigureAwait(false);
    }

    private static ulong? AddressOf(string address) =>
        address.Length == 17 && ulong.TryParse(address.Replace(":", "", StringComparison.Ordinal), NumberStyles.HexNumber, null, out var bits)
            ? bits : null;

    private static string ServiceIdOf(string address) =>
        AddressOf(address) is { } bits ? string.Create(CultureInfo.InvariantCulture, $"ble-{bits:x12}")
        : ServiceIdRule.IsValid(address) ? address
        : throw new CaptureException($"{address} is no address. Write AA:BB:CC:00:11:22, or letters, digits, dots, colons and dashes.");
}
