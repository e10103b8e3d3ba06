using System.Diagnostics;
using System.Globalization;
using Dwapi.Edge.Outbox;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dwapi.Edge.Tests.Outbox;

/// <summary>
/// The same assembly as a child process: it fills an outbox, writes to its output each number it was given, and kills itself
/// (SIGKILL, nothing is flushed) at the chosen step of the chosen commit.
/// </summary>
internal static class CrashingChild
{
    private const string Variable = "DWAPI_TEST_CRASHING_CHILD";

    /// <summary>Runs the child to its end and returns the lines it wrote.</summary>
    public static async Task<string[]> RunAsync(string path, OutboxStep step, int commit)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { typeof(CrashingChild).Assembly.Location },
            RedirectStandardOutput = true,
            Environment = { [Variable] = $"{path}|{step}|{commit.ToString(CultureInfo.InvariantCulture)}" },
        };
        using var child = Process.Start(start)!;
        var output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        Assert.NotEqual(0, child.ExitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Does the child's work if this process is one.</summary>
    public static async Task<bool> IsThisProcessAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Split('|') is not [var path, var step, var commit])
            return false;
        await FillAsync(path, Enum.Parse<OutboxStep>(step), int.Parse(commit, CultureInfo.InvariantCulture));
        return true;
    }

    private static async Task FillAsync(string path, OutboxStep crashAt, int commit)
    {
        var seen = 0;
        void Step(OutboxStep step)
        {
            if (step == crashAt && ++seen == commit)
                Process.GetCurrentProcess().Kill();
        }

        await using var outbox = DurableOutbox.Open(new OutboxOptions { Path = path, Step = Step }, NullLogger.Instance);
        Console.Out.WriteLine($"epoch {outbox.Epoch}");
        for (var i = 0; i < 1000; i++)
        {
            var numbers = await Task.WhenAll(
                outbox.AppendAsync(Entries.Of("a", i), default), outbox.AppendAsync(Entries.Of("b", i), default));
            Console.Out.WriteLine($"appended {numbers.Max()}");
            if (i % 2 == 1)
            {
                var position = numbers.Max() - 3;
                Console.Out.WriteLine($"acknowledging {position}");
                await outbox.AcknowledgeAsync(position, [], default);
                Console.Out.WriteLine($"acknowledged {position}");
            }

            Console.Out.Flush();
        }
    }
}
