using Dwapi.Edge.Signals;
using Dwapi.Edge.Sources;
using Dwapi.Edge.Tests.Support;

namespace Dwapi.Edge.Tests.Bluetooth;

/// <summary>Keeps what a source delivers.</summary>
internal sealed class RecordingSink : IMeasurementSink
{
    private readonly Lock _lock = new();
    private readonly Pulse _changed = new();
    private readonly List<string> _events = [];

    /// <summary>What came: <c>ID here</c>, <c>ID gone</c>, <c>ID 2A1C 006C0100FF</c>.</summary>
    public IReadOnlyList<string> Events
    {
        get
        {
            lock (_lock)
                return [.. _events];
        }
    }

    public void Announce(SourceDevice device) => Add($"{device.ServiceId} here");

    public void Gone(string serviceId) => Add($"{serviceId} gone");

    public Task AcceptAsync(string serviceId, GattValue value, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        Add($"{serviceId} {value.Characteristic:X4} {Convert.ToHexString(value.Payload.Span)}");
        return Task.CompletedTask;
    }

    /// <summary>Waits until something came so many times.</summary>
    public async Task ReachAsync(string text, int times = 1)
    {
        while (true)
        {
            var changed = _changed.Next;
            if (Events.Count(line => line == text) >= times)
                return;
            try
            {
                await changed.WaitAsync(Patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"'{text}' did not come {times} times, but {string.Join("; ", Events)}");
            }
        }
    }

    private void Add(string line)
    {
        lock (_lock)
            _events.Add(line);
        _changed.Raise();
    }
}
