using System.Collections.Concurrent;
using System.Globalization;

namespace Dwapi.Cluster.Tests.Chaos;

/// <summary>What happened, counted by all who take part.</summary>
internal sealed class ChaosReport
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>The longest that an application was without a socket, from its loss to the next one.</summary>
    public TimeSpan SlowestReturn { get; private set; }

    /// <summary>The longest that a device did not answer after a kill of a silo.</summary>
    public TimeSpan SlowestAnswer { get; private set; }

    public void Count(string what) => _counts.AddOrUpdate(what, 1, static (_, count) => count + 1);

    /// <summary>An application has a socket.</summary>
    public void Returned(TimeSpan away, bool first)
    {
        if (first)
        {
            return;
        }

        Count("sockets opened again");
        lock (_lock)
        {
            SlowestReturn = away > SlowestReturn ? away : SlowestReturn;
        }
    }

    /// <summary>A device answers after a kill of a silo.</summary>
    public void Answered(TimeSpan away)
    {
        lock (_lock)
        {
            SlowestAnswer = away > SlowestAnswer ? away : SlowestAnswer;
        }
    }

    /// <summary>An application's try, or its socket, ended.</summary>
    public void Lost(Exception reason) =>
        Count($"lost: {(reason is HttpRequestException http ? http.HttpRequestError.ToString() : reason.Message)}");

    /// <summary>An event that an application had already.</summary>
    public void CameAgain() => Count("events that came again");

    /// <summary>An application asked again for what it did not get.</summary>
    public void Missed() => Count("holes closed by another PUT");

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"slowest return {SlowestReturn.TotalSeconds:0.0} s, slowest answer of a device {SlowestAnswer.TotalSeconds:0.0} s; ") +
        string.Join(", ", _counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Value} {count.Key}"));
}
