using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Dwapi.Silo.Telemetry;

/// <summary>
/// Collects the process's meters for the metrics page. The usual exporters cannot be had from every package source, so this is the
/// smallest honest one: counters, gauges, and histograms with fixed buckets.
/// </summary>
internal sealed class MetricsCollector : IHostedService, IDisposable
{
    private static readonly string[] Meters =
        ["Dwapi", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql", "Microsoft.Orleans"];

    private readonly ConcurrentDictionary<(Instrument Instrument, string Labels), Series> _series = new();
    private readonly MeterListener _listener = new();

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (Meters.Any(m => instrument.Meter.Name.StartsWith(m, StringComparison.Ordinal)))
            {
                listener.EnableMeasurementEvents(instrument, new KnownSeries());
            }
        };
        _listener.SetMeasurementEventCallback<long>((i, value, tags, known) => Record(i, value, tags, (KnownSeries)known!));
        _listener.SetMeasurementEventCallback<int>((i, value, tags, known) => Record(i, value, tags, (KnownSeries)known!));
        _listener.SetMeasurementEventCallback<double>((i, value, tags, known) => Record(i, value, tags, (KnownSeries)known!));
        _listener.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>All series as they are now.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var group in _series.GroupBy(static s => s.Key.Instrument).OrderBy(static g => g.Key.Name, StringComparer.Ordinal))
        {
            var name = Name(group.Key);
            text.Append("# TYPE ").Append(name).Append(' ').AppendLine(TypeOf(group.Key));
            foreach (var (key, series) in group.OrderBy(static s => s.Key.Labels, StringComparer.Ordinal))
            {
                series.Write(text, name, key.Labels);
            }
        }

        return text.Replace("\r\n", "\n").ToString();
    }

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, KnownSeries known)
    {
        if (known.Find(tags) is not { } series)
        {
            series = _series.GetOrAdd((instrument, Labels(tags)), static key => Series.For(key.Instrument));
            known.Add(tags, series);
        }

        series.Record(value);
    }

    private static string TypeOf(Instrument instrument) => Series.KindOf(instrument) switch
    {
        SeriesKind.Counter => "counter",
        SeriesKind.Histogram => "histogram",
        _ => "gauge",
    };

    private static string Name(Instrument instrument)
    {
        var name = new StringBuilder(instrument.Name.Length + 8);
        foreach (var c in instrument.Name)
        {
            name.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        }

        if (instrument.Unit == "s")
        {
            name.Append("_seconds");
        }

        return name.ToString();
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var text = new StringBuilder();
        foreach (var (key, value) in tags)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(key.Replace('.', '_').Replace('-', '_')).Append("=\"")
                .Append(Convert.ToString(value, CultureInfo.InvariantCulture)?.Replace("\\", "\\\\", StringComparison.Ordinal)
                    .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal))
                .Append('"');
        }

        return text.ToString();
    }
}
