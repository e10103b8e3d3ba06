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
        File.WriteAllText(path, "#!/bin/sh\n" + script.ReplaceLineEndings("\n") + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
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
