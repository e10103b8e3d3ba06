using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Dwapi.Edge.Commands;

/// <summary>Where a command writes: results to the output, as text or as JSON; faults to the error output.</summary>
internal sealed class CommandOutput(ParseResult parsed)
{
    private readonly bool _json = parsed.GetValue(EdgeCommand.Json);

    /// <summary>True if a person looks on: what changes is drawn again in its place.</summary>
    public bool IsLive => !_json && parsed.InvocationConfiguration.Output == Console.Out && !Console.IsOutputRedirected;

    /// <summary>Draws a table in place of the last one; nothing if nobody looks on.</summary>
    public void Redraw(IEnumerable<string> lines)
    {
        // ANSI: home, each line to its end, and what is below.
        if (IsLive)
            parsed.InvocationConfiguration.Output.Write($"\e[H{string.Concat(lines.Select(line => $"{line}\e[K\n"))}\e[J");
    }

    /// <summary>Writes the result.</summary>
    public void Result<T>(T result, JsonTypeInfo<T> type, IEnumerable<string> lines)
    {
        var output = parsed.InvocationConfiguration.Output;
        if (_json)
        {
            output.WriteLine(JsonSerializer.Serialize(result, type));
            return;
        }

        foreach (var line in lines)
            output.WriteLine(line);
    }

    /// <summary>Writes one of many results as it comes.</summary>
    public void Line<T>(T result, JsonTypeInfo<T> type, string line)
    {
        lock (parsed)
            Result(result, type, [line]);
    }

    /// <summary>Tells a person something that is no result.</summary>
    public void Say(string line)
    {
        lock (parsed)
            parsed.InvocationConfiguration.Error.WriteLine(line);
    }

    /// <summary>Writes what went wrong and what to do next.</summary>
    public int Fault(int exitCode, string message)
    {
        parsed.InvocationConfiguration.Error.WriteLine($"dwapi-edge: {message}");
        return exitCode;
    }
}
