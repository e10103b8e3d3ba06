namespace Dwapi.Edge.Sources.Simulators;

/// <summary>Lets simulated devices measure, each at its own pace.</summary>
/// <param name="fleet">The devices.</param>
/// <param name="most">How many rounds of a device (one measurement, with stored ones before it) to run; null for no end.</param>
/// <param name="time">The clock.</param>
internal sealed class SimulatorSource(IReadOnlyList<SimulatedDevice> fleet, long? most, TimeProvider time) : IMeasurementSource
{
    private const int RunAhead = 2048;

    public async Task RunAsync(IMeasurementSink sink, CancellationToken cancellationToken)
    {
        var pending = new PendingValues(RunAhead);
        var due = new PriorityQueue<SimulatedDevice, DateTimeOffset>();
        var start = time.GetUtcNow();

        // A fleet of one pace is spread over its interval, so that a high rate is an even one; a demo shows all it has within a second.
        var first = fleet.All(device => device.Interval == fleet[0].Interval) ? fleet[0].Interval : TimeSpan.FromSeconds(1);
        for (var i = 0; i < fleet.Count; i++)
        {
            sink.Announce(fleet[i].Announcement);
            foreach (var value in fleet[i].Connect(start))
                await pending.AddAsync(sink.AcceptAsync(fleet[i].ServiceId, value, start, cancellationToken)).ConfigureAwait(false);

            due.Enqueue(fleet[i], start + (first * i / fleet.Count));
        }

        for (var round = 0L; (most is null || round < most) && due.TryDequeue(out var device, out var at); round++)
        {
            var wait = at - time.GetUtcNow();
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var value in device.Measure(at))
                await pending.AddAsync(sink.AcceptAsync(device.ServiceId, value, at, cancellationToken)).ConfigureAwait(false);
            due.Enqueue(device, at + device.Interval);
        }

        await pending.DrainAsync().ConfigureAwait(false);
    }
}
