using System.Globalization;
using System.Text.Json;
using Dwapi.Bench.Results;
using Dwapi.Bench.Rows;

namespace Dwapi.Bench;

/// <summary>Runs the rows one after the other; this process is the load generator of all of them.</summary>
internal static class BenchRun
{
    private const int Missed = 1;
    private const int NotMeasured = 2;

    private static readonly IReadOnlyList<IRow> Rows =
    [
        new DecodeRow(),
        new OneShotRow(),
        new EventRow(),
        new FanOutRow(),
        new IngestRow(),
        new NoisyRow(),
        new GrowthRow(),
        new SocketRow(),
        new StartRow(),
        new ClusterRow(),
    ];

    public static async Task<int> Run(string[] args)
    {
        if (args.Contains("--help"))
        {
            Console.WriteLine(BenchOptions.Help);
            foreach (var row in Rows)
            {
                Console.WriteLine($"  {row.Name,-10}{row.Summary}");
            }

            return 0;
        }

        if (BenchOptions.Parse(args, [.. Rows.Select(r => r.Name)]) is not { } options)
        {
            return NotMeasured;
        }

        // Standard output is for the figures alone.
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} processors, {Environment.OSVersion}, .NET {Environment.Version}, load average {LoadAverage()}"));
        var figures = new List<Figure>();
        var failed = false;
        if (!options.Json)
        {
            Console.WriteLine(FigureTable.Heading);
        }

        foreach (var row in Rows.Where(r => options.Rows.Count == 0 || options.Rows.Contains(r.Name)))
        {
            try
            {
                await foreach (var figure in row.Measure(options))
                {
                    figures.Add(figure);
                    if (!options.Json)
                    {
                        Console.WriteLine(FigureTable.Line(figure));
                    }
                }
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                failed = true;
                await Console.Error.WriteLineAsync($"bench: {row.Name} could not be measured: {fault.Message}");
            }
        }

        if (options.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(figures, FigureJson.Default.ListFigure));
        }

        return failed ? NotMeasured : figures.Any(f => f.Missed) ? Missed : 0;
    }

    private static string LoadAverage() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
