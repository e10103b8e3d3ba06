using System.Diagnostics;
using System.Globalization;

namespace Dwapi.EndToEnd.Tests.Printing;

/// <summary>What a process of the product takes, by /proc.</summary>
internal sealed class ProcessFigures(int id)
{
    /// <summary>The process with a word in its command line. Not the shell that guards it: that one names the program as an argument only.</summary>
    public static ProcessFigures With(string argument) => new(Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
        .Single(id => id > 0 && CommandLine(id) is ["dotnet", ..] line && line.Contains(argument)));

    /// <summary>Resident memory, megabytes.</summary>
    public double ResidentMegabytes => double.Parse(
        File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
        CultureInfo.InvariantCulture) / 1024;

    /// <summary>Processor time since its start.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            using var running = Process.GetProcessById(id);
            return running.TotalProcessorTime;
        }
    }

    /// <summary>Part of one core that it takes over a time.</summary>
    public async Task<double> ShareAsync(TimeSpan over)
    {
        var (before, clock) = (ProcessorTime, Stopwatch.StartNew());
        await Task.Delay(over, TestContext.Current.CancellationToken);
        return (ProcessorTime - before) / clock.Elapsed;
    }

    private static string[] CommandLine(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Split('\0');
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return [];
        }
    }
}
