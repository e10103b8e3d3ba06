using System.ComponentModel;
using System.Diagnostics;

namespace Dwapi.Deploy.Tests;

/// <summary>A program of the machine; without it a test is skipped and says so.</summary>
internal static class Tool
{
    /// <summary>Runs it.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> Run(string program, string? input, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process? started = null;
        try
        {
            started = Process.Start(start);
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is not installed.");
        }

        using var process = started!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }
}
