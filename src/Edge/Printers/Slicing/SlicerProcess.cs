using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Slicing;

/// <summary>
/// One run of the slicer. Address space, processor time and file size are limited by prlimit of util-linux, where that is; the time of the run
/// everywhere. It gets nothing of the edge's environment, which may hold a key. It works on with low priority: measurements come first.
/// </summary>
/// <param name="program">File of the slicer.</param>
/// <param name="limiter">File of prlimit; null where there is none.</param>
/// <param name="options">The limits.</param>
/// <param name="time">The clock.</param>
internal sealed class SlicerProcess(string program, string? limiter, SlicerOptions options, TimeProvider time)
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    /// <summary>Runs it; whatever happens, nothing of it runs any more afterwards.</summary>
    /// <returns>Its exit code, 128 and more for a signal.</returns>
    /// <exception cref="SliceException">It could not be started, or took too long.</exception>
    public async Task<int> RunAsync(string folder, IEnumerable<string> arguments, SlicerTalk talk, CancellationToken cancellationToken)
    {
        // From before the start: who has heard its first word knows that its time runs.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.Seconds), time);
        using var process = Start(folder, arguments);
        Task[] words = [talk.ReadOutputAsync(process.StandardOutput), talk.ReadErrorsAsync(process.StandardError)];
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SliceException(
                PrintErrorCode.SliceFailed, $"the slicer was not done after {options.Seconds} s: simplify the model, or raise slicer.seconds of the edge");
        }
        finally
        {
            await EndAsync(process).ConfigureAwait(false);
        }

        await Task.WhenAll(words).WaitAsync(LastWords, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return process.ExitCode;
    }

    private Process Start(string folder, IEnumerable<string> arguments)
    {
        var start = limiter is null ? new ProcessStartInfo(program, arguments) : new ProcessStartInfo(limiter, [.. Limits(), program, .. arguments]);
        start.WorkingDirectory = folder;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment.Clear();
        foreach (var (name, value) in Surroundings(folder))
            start.Environment[name] = value;
        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            LowerPriority(process);
            return process;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            throw new SliceException(PrintErrorCode.SliceFailed, $"the slicer {program} could not be started: {e.Message}", e);
        }
    }

    // Processor time ends one that lost its edge; all its threads count.
    private IEnumerable<string> Limits()
    {
        string Limit(string name, long value) => string.Create(CultureInfo.InvariantCulture, $"--{name}={value}");

        yield return Limit("as", (long)options.MemoryMegabytes << 20);
        yield return Limit("cpu", (long)options.Seconds * Environment.ProcessorCount);
        yield return Limit("fsize", (long)options.OutputMegabytes << 20);
        yield return Limit("core", 0);
    }

    private static IEnumerable<(string Name, string Value)> Surroundings(string folder)
    {
        yield return ("HOME", folder);
        yield return ("TMPDIR", folder);
        yield return ("LC_ALL", "C");
        foreach (var name in (string[])["PATH", "SystemRoot"])
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                yield return (name, value);
        }
    }

    private static void LowerPriority(Process process)
    {
        try
        {
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            // It has ended already.
        }
    }

    private static async Task EndAsync(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }

        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
    }
}
