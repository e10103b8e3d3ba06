using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Dwapi.Silo.Telemetry;

/// <summary>One instrument with one set of labels.</summary>
internal sealed class Series(SeriesKind kind)
{
    private static readonly double[] Bounds =
        [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60];

    private readonly Lock _lock = new();
    private readonly long[]? _buckets = kind == SeriesKind.Histogram ? new long[Bounds.Length] : null;
    private double _sum;
    private long _count;

    /// <summary>A series of the instrument's kind.</summary>
    public static Series For(Instrument instrument) => new(KindOf(instrument));

    /// <summary>How the instrument's values add up.</summary>
    public static SeriesKind KindOf(Instrument instrument)
    {
        var name = instrument.GetType().Name;
        return name switch
        {
            _ when name.StartsWith("Histogram", StringComparison.Ordinal) => SeriesKind.Histogram,
            _ when name.StartsWith("ObservableCounter", StringComparison.Ordinal) => SeriesKind.Total,
            _ when name.StartsWith("Counter", StringComparison.Ordinal) => SeriesKind.Counter,
            _ when name.StartsWith("UpDownCounter", StringComparison.Ordinal) => SeriesKind.UpDown,
            _ => SeriesKind.Gauge,
        };
    }

    /// <summary>Takes a value.</summary>
    public void Record(double value)
    {
        lock (_lock)
        {
            _count++;
            _sum = kind is SeriesKind.Total or SeriesKind.Gauge ? value : _sum + value;
            for (var i = 0; _buckets is not null && i < Bounds.Length; i++)
            {
                _buckets[i] += value <= Bounds[i] ? 1 : 0;
            }
        }
    }

    /// <summary>Writes the lines of this series.</summary>
    public void Write(StringBuilder text, string name, string labels)
    {
        lock (_lock)
        {
            if (_buckets is null)
            {
                Line(text, name, "", labels, _sum);
                return;
            }

            var comma = labels.Length == 0 ? "" : ",";
            for (var i = 0; i < Bounds.Length; i++)
            {
                Line(text, name, "_bucket", FormattableString.Invariant($"{labels}{comma}le=\"{Bounds[i]}\""), _buckets[i]);
            }

            Line(text, name, "_bucket", $"{labels}{comma}le=\"+Inf\"", _count);
            Line(text, name, "_sum", labels, _sum);
            Line(text, name, "_count", labels, _count);
        }
    }

    private static void Line(StringBuilder text, string name, string suffix, string labels, double value)
    {
        text.Append(name).Append(suffix);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }
}
