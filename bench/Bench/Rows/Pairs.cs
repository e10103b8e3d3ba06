namespace Dwapi.Bench.Rows;

/// <summary>Measures a thing and its baseline in turn, so that what the machine does beside hits both.</summary>
internal static class Pairs
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    /// <summary>Two rounds of each to warm up, then the rounds A, B, A, B, ...</summary>
    public static async Task<IReadOnlyList<(T Measured, T Baseline)>> Run<T>(BenchOptions options, Func<TimeSpan, Task<T>> measured, Func<TimeSpan, Task<T>> baseline)
    {
        // The compiler of hot code works in the background, and longer when the machine has other work.
        for (var i = 0; i < 2; i++)
        {
            await measured(WarmUp);
            await baseline(WarmUp);
        }

        var pairs = new List<(T, T)>();
        for (var round = 0; round < options.Rounds; round++)
        {
            pairs.Add((await measured(options.Window), await baseline(options.Window)));
        }

        return pairs;
    }

    /// <summary>One number of each result.</summary>
    public static IReadOnlyList<(double Measured, double Baseline)> Select<T>(
        IReadOnlyList<(T Measured, T Baseline)> pairs, Func<T, double> value) =>
        [.. pairs.Select(p => (value(p.Measured), value(p.Baseline)))];
}
