using System.Diagnostics;
using System.Globalization;

namespace Dwapi.Edge.Tests.Printers.Slicing;

/// <summary>Scripts in the place of the slicer, for what the real one cannot be made to do.</summary>
internal static class StandIn
{
    /// <summary>Writes G-code as the slicer does, with all that the edge looks at.</summary>
    public const string Slices =
        """
        echo '90 => Exporting G-code'
        printf 'M104 S200\nG28\nM109 S200\nG92 E0\nG1 X10 Y10 Z0.2 F6000\nG1 X100 Y10 E5 F300\n; filament used [mm] = 5.0\n; estimated printing time (normal mode) = 1h 2m 3s\n; prusaslicer_config = end\n' > out.gcode
        """;

    /// <summary>Says that it has begun, leaves its number and that of its child in a file, and never ends.</summary>
    public static string Hangs(string processes) =>
        $"""
        sleep 100000 &
        echo $$ $! > '{processes}'
        echo '10 => Processing triangulated mesh'
        wait
        """;

    /// <summary>Makes a program of a script.</summary>
    public static string Write(string path, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-in of the slicer is a POSIX shell script");

        // Not by this process: what another test starts meanwhile has our open files until it runs, and one that is open for writing cannot be run.
        using var writer = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "cat > \"$0\" && chmod 700 \"$0\"", path]) { RedirectStandardInput = true })!;
        writer.StandardInput.Write("#!/bin/sh\n" + script.ReplaceLineEndings("\n") + "\n");
        writer.StandardInput.Close();
        writer.WaitForExit();
        Assert.Equal(0, writer.ExitCode);
        return path;
    }

    /// <summary>Whether a process still runs; one that only waits for its parent's notice does not.</summary>
    public static bool Runs(string process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{int.Parse(process, CultureInfo.InvariantCulture)}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
