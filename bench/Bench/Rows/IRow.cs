using Dwapi.Bench.Results;

namespace Dwapi.Bench.Rows;

/// <summary>One row of the table: starts the servers it needs, measures, stops them.</summary>
internal interface IRow
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>What it measures, for --help.</summary>
    string Summary { get; }

    /// <summary>Measures; a row may give several figures.</summary>
    IAsyncEnumerable<Figure> Measure(BenchOptions options);
}
