using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace Dwapi.Edge.Sources.Replay;

/// <summary>Writes what a source delivers as a capture; each line is in the file when the next value comes.</summary>
internal sealed class CaptureWriter(string path) : IMeasurementSink, IAsyncDisposable
{
    private readonly StreamWriter _file = new(path, Appending()) { AutoFlush = true };
    private readonly ConcurrentDictionary<string, string?> _names = new();
    private readonly Lock _lock = new();

    /// <summary>Lines written.</summary>
    public long Lines { get; private set; }

    public void Announce(SourceDevice device) => _names[device.ServiceId] = device.Name;

    public void Gone(string serviceId)
    {
    }

    public Task AcceptAsync(string serviceId, GattValue value, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var line = JsonSerializer.Serialize(
            new CaptureRecord
            {
                Time = receivedAt,
                Address = serviceId,
                Name = _names.GetValueOrDefault(serviceId),
                Characteristic = value.Characteristic.ToString("X4", CultureInfo.InvariantCulture),
                Hex = Convert.ToHexString(value.Payload.Span),
            },
            CaptureJson.Default.CaptureRecord);
        lock (_lock)
        {
            _file.WriteLine(line);
            Lines++;
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    // It holds measured values of people: a new file is its owner's alone.
    private static FileStreamOptions Appending()
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
