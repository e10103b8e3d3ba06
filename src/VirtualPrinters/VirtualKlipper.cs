using Dwapi.Edge.Gcode;

namespace Dwapi.VirtualPrinters;

/// <summary>
/// The firmware side of a virtual printer: runs a print, holds commands that wait behind running G-code, stops by itself. All of it is lost
/// with the power. Not safe for several threads: its printer locks.
/// </summary>
internal sealed class VirtualKlipper(VirtualPrinterOptions options, Action<string> ended) : IDisposable
{
    // The thermal model and what a print does in between are looked at so often, in seconds of the printer.
    private const double Step = 0.25;

    private readonly List<(Action Do, TaskCompletionSource Done)> _waiting = [];

    /// <summary>ready or shutdown.</summary>
    public string State { get; private set; } = "ready";

    /// <summary>Klipper's text about its state.</summary>
    public string StateMessage { get; private set; } = "Printer is ready";

    public GcodeMachine Machine { get; } = new(options.Size.X, options.Size.Y, options.Size.Z);

    public KlipperPrint Print { get; private set; } = new();

    /// <summary>What filament_switch_sensor says: filament is there.</summary>
    public bool Filament { get; set; } = true;

    /// <summary>What filament_motion_sensor says: filament moves when it should.</summary>
    public bool FilamentMoves { get; private set; } = true;

    /// <summary>True if the nozzle is stuck: the motion sensor sees it with the next extrusion.</summary>
    public bool Jammed { get; set; }

    /// <summary>True if G-code runs that what is asked now has to wait for.</summary>
    public bool Blocks => State == "ready" && Print.State == "printing" && Machine.Blocks;

    /// <summary>Commands that wait behind running G-code.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Starts a print (SDCARD_PRINT_FILE).</summary>
    /// <exception cref="KlipperFault">Not now, or there is no such file.</exception>
    public void Start(string name, string path)
    {
        RequireReady();
        if (Print.IsLoaded)
            throw new KlipperFault(400, "SD busy");
        if (!File.Exists(path))
            throw new KlipperFault(400, "Unable to open file");
        Print.Dispose();
        Print = new KlipperPrint { State = "printing", FileName = name, File = new GcodeFile(path) };
    }

    /// <summary>Does something now, or when the G-code that runs lets it.</summary>
    public Task AskAsync(Action act)
    {
        RequireReady();
        if (!Blocks)
        {
            act();
            return Task.CompletedTask;
        }

        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add((act, done));
        return done.Task;
    }

    /// <summary>PAUSE; nothing happens without a print, and it says ok all the same.</summary>
    public void Pause()
    {
        if (Print.State == "printing")
            Print.State = "paused";
    }

    /// <summary>RESUME.</summary>
    public void Resume()
    {
        if (Print.State != "paused")
            return;
        FilamentMoves = !Jammed;
        Print.State = "printing";
    }

    /// <summary>CANCEL_PRINT.</summary>
    public void Cancel()
    {
        if (Print.IsLoaded)
            End("cancelled", "");
    }

    /// <summary>Stops at once; only a restart helps. print_stats keeps what it said last.</summary>
    public void Shutdown(string message)
    {
        if (State == "shutdown")
            return;
        (State, StateMessage) = ("shutdown", message + "\nOnce the underlying issue is corrected, use the\n\"FIRMWARE_RESTART\" command to reset the firmware");
        Machine.Stop();
        var printing = Print.IsLoaded;
        Refuse(new KlipperFault(400, message));
        if (printing)
            ended("klippy_shutdown");
    }

    /// <summary>Begins anew, as FIRMWARE_RESTART and a cut of the power do: no file, no print.</summary>
    public void Restart()
    {
        if (State == "ready" && Print.IsLoaded)
            ended("klippy_disconnect");
        Refuse(new KlipperFault(503, "Klippy Disconnected"));
        Machine.Stop();
        Machine.Homed = "";
        Print.Dispose();
        Print = new KlipperPrint();
        (State, StateMessage) = ("ready", "Printer is ready");
    }

    /// <summary>Lets time of the printer pass.</summary>
    public void Advance(double seconds)
    {
        for (; seconds > 0; seconds -= Step)
        {
            var step = Math.Min(seconds, Step);
            Machine.Warm(step);
            if (State != "ready")
                continue;
            if (Machine.Extruder.InVain || Machine.Bed.InVain)
            {
                var name = Machine.Extruder.InVain ? "extruder" : "heater_bed";
                Shutdown($"Heater {name} not heating at expected rate\nSee the 'verify_heater' section in docs/Config_Reference.md\nfor the parameters that control this check.\n");
                continue;
            }

            if (Print.IsLoaded)
                Print.TotalDuration += step;
            if (Print.State == "printing")
                Run(step);
            if (!Blocks)
                Answer();
        }
    }

    public void Dispose()
    {
        Refuse(new KlipperFault(503, "Klippy Disconnected"));
        Print.Dispose();
    }

    private void Refuse(KlipperFault fault)
    {
        foreach (var (_, done) in _waiting)
            done.SetException(fault);
        _waiting.Clear();
    }

    private void Run(double seconds)
    {
        while (seconds > 0 && Print.State == "printing")
        {
            if (Machine.WaitsFor is not null)
                return;
            var before = seconds;
            seconds = Machine.Spend(seconds);
            if (Print.FilamentUsed > 0)
                Print.PrintDuration += before - seconds;
            if (seconds <= 0)
                return;
            Answer();
            if (Print.State == "printing")
                Next();
        }
    }

    private void Next()
    {
        // The sensor's own pause waits for running G-code like any other.
        if (!Filament)
        {
            Pause();
            return;
        }

        try
        {
            if (Print.File!.ReadLine() is not { } line)
            {
                End("complete", "");
                return;
            }

            Run(GcodeCommand.Parse(line));
        }
        catch (Exception e) when (e is KlipperFault or InvalidDataException)
        {
            End("error", e.Message);
        }
    }

    private void Run(in GcodeCommand command)
    {
        switch (command.Name)
        {
            case "PAUSE" or "M600" or "M25":
                Pause();
                break;
            case "CANCEL_PRINT":
                Cancel();
                break;
            case "M112":
                Shutdown("Shutdown due to M112 command");
                break;
            default:
                Machine.Run(command);
                Print.FilamentUsed += Machine.Extruded;
                if (Jammed && Machine.Extruded > 0)
                {
                    FilamentMoves = false;
                    Pause();
                }

                break;
        }
    }

    private void Answer()
    {
        if (_waiting.Count == 0)
            return;
        var waiting = _waiting.ToArray();
        _waiting.Clear();
        foreach (var (act, done) in waiting)
        {
            act();
            done.SetResult();
        }
    }

    private void End(string state, string message)
    {
        Print.File?.Dispose();
        if (state != "complete")
            Print.File = null;
        (Print.State, Print.Message) = (state, message);
        Machine.Busy = 0;
        Machine.WaitsFor = null;
        if (state != "complete")
            Machine.Stop();
        ended(state);
    }

    private void RequireReady()
    {
        if (State != "ready")
            throw new KlipperFault(400, StateMessage);
    }
}
