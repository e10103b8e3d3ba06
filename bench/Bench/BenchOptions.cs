namespace Dwapi.Bench;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchOptions
{
    public const string Help =
        """
        Measures Dwapi against bare baselines on this machine, pairwise (A, B, A, B, ...), and says which limits hold.

        dotnet run -c Release --project bench/Bench -- [ROW...] [--quick] [--json]

          ROW      only these rows; without any, all of them
          --quick  3 shorter rounds instead of 5, a tenth of the devices and sockets
          --json   the figures as JSON on standard output instead of a table
          --help   this text

        The exit code is 0 when every "reach" holds, 1 when one is missed, 2 when a row could not be measured.
        The actor runtime has a bench of its own: dotnet run -c Release --project bench/ActorRuntime

        Rows:
        """;

    /// <summary>Rows to run; empty for all.</summary>
    public IReadOnlyList<string> Rows { get; init; } = [];

    public bool Quick { get; init; }

    public bool Json { get; init; }

    public int Rounds => Quick ? 3 : 5;

    /// <summary>Length of one timed part.</summary>
    public TimeSpan Window => TimeSpan.FromSeconds(Quick ? 1 : 3);

    /// <summary>The large fleet of the growth and memory rows.</summary>
    public int ManyDevices => Quick ? 10_000 : 100_000;

    /// <summary>The small fleet that it is compared with.</summary>
    public int FewDevices => 1_000;

    public int IdleSockets => Quick ? 1_000 : 10_000;

    /// <summary>Reads the command line; null when it asks for something unknown.</summary>
    public static BenchOptions? Parse(string[] args, IReadOnlyCollection<string> rows)
    {
        if (args.FirstOrDefault(a => a.StartsWith('-') ? a is not ("--quick" or "--json") : !rows.Contains(a)) is { } unknown)
        {
            Console.Error.WriteLine($"bench: {unknown} is neither an option nor a row; see --help.");
            return null;
        }

        return new BenchOptions
        {
            Rows = [.. args.Where(a => !a.StartsWith('-'))],
            Quick = args.Contains("--quick"),
            Json = args.Contains("--json"),
        };
    }
}
