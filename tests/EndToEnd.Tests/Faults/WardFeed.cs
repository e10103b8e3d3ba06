using System.Diagnostics;

namespace Dwapi.EndToEnd.Tests.Faults;

/// <summary>A ward that measures at a steady rate until it is told to end.</summary>
internal sealed class WardFeed : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private readonly Ward _ward;
    private readonly int _rate;
    private readonly CancellationTokenSource _end = new();
    private readonly CapturePipe _pipe;
    private readonly Task _running;

    public WardFeed(Ward ward, int rate, string path)
    {
        _ward = ward;
        _rate = rate;
        _pipe = new CapturePipe(path);
        _running = Task.Run(WriteAsync);
    }

    public string Path => _pipe.Path;

    /// <summary>Lines that were written whole.</summary>
    public long Lines { get; private set; }

    /// <summary>Ends the capture.</summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _end.Dispose();
    }

    private async Task WriteAsync()
    {
        using var timer = new PeriodicTimer(Step);
        var start = Stopwatch.GetTimestamp();
        await using (_pipe)
        {
            while (!_end.IsCancellationRequested)
            {
                var due = (long)(Stopwatch.GetElapsedTime(start).TotalSeconds * _rate);
                var now = DateTimeOffset.UtcNow;
                for (; Lines < due; Lines++)
                {
                    await _pipe.WriteLineAsync(_ward.Line(Lines + 1, now));
                }

                await _pipe.FlushAsync();
                await timer.WaitForNextTickAsync();
            }
        }
    }
}
