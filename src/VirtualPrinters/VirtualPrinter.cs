using System.Text.Json.Nodes;

namespace Dwapi.VirtualPrinters;

/// <summary>
/// A printer that is none: Klipper in memory, and Moonraker with its files and history on the disk. One lock around everything; what its
/// sockets have to tell is raised by <see cref="Told"/>.
/// </summary>
internal sealed class VirtualPrinter : IDisposable
{
    private readonly TimeProvider _time;
    private VirtualKlipper _klipper;
    private double _offFor;
    private bool _linkLost;

    public VirtualPrinter(VirtualPrinterOptions options, TimeProvider time)
    {
        (Options, _time, TimeScale) = (options, time, options.TimeScale);
        Files = new GcodeStore(Path.Combine(options.Folder, "gcodes"));
        History = new PrintHistory(Path.Combine(options.Folder, "history.json"));
        _klipper = new VirtualKlipper(options, Ended);
    }

    public Lock Gate { get; } = new();

    public VirtualPrinterOptions Options { get; }

    public GcodeStore Files { get; }

    public PrintHistory History { get; private set; }

    public JobQueue Queue { get; private set; } = new();

    public VirtualKlipper Klipper => _klipper;

    /// <summary>Seconds of the printer per second of the clock.</summary>
    public double TimeScale { get; set; }

    /// <summary>Uploads that were taken, since the process started.</summary>
    public int Uploads { get; set; }

    /// <summary>False while it has no power or no network: nobody gets an answer.</summary>
    public bool Reachable => _offFor <= 0 && !_linkLost;

    /// <summary>Notifications for all sockets: method and the one parameter, null for none. Raised under the lock.</summary>
    public event Action<string, JsonNode?>? Told;

    /// <summary>The values of some objects may have changed. Raised under the lock.</summary>
    public event Action? Moved;

    /// <summary>All connections break. Raised under the lock.</summary>
    public event Action? Cut;

    /// <summary>Seconds since 1970.</summary>
    public double Now => _time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>Lets time of the printer pass.</summary>
    public void Advance(double seconds)
    {
        if (_offFor > 0)
        {
            _offFor -= seconds;
            if (_offFor > 0)
                return;
            _offFor = 0;
            PowerOn();
        }

        _klipper.Advance(seconds);
        Moved?.Invoke();
    }

    /// <summary>Starts a file, as printer.print.start.</summary>
    /// <exception cref="KlipperFault">Not now, or there is no such file.</exception>
    public void Start(string name)
    {
        _klipper.Start(name, Files.PathOf(name));
        TellHistory("added", History.Add(name, Now));
        Moved?.Invoke();
    }

    /// <summary>Starts the queue: the next job, if nothing prints.</summary>
    public void StartQueue()
    {
        if (Queue.First is not { } next || _klipper.Print.IsLoaded || _klipper.State != "ready")
        {
            SetQueue("ready");
            return;
        }

        SetQueue("loading");
        try
        {
            Start(next);
            Queue.RemoveFirst();
            Queue.State = Queue.First is null ? "ready" : "paused";
            TellQueue("job_loaded");
        }
        catch (KlipperFault)
        {
            SetQueue("paused");
        }
    }

    /// <summary>Sets the state of the queue and tells it.</summary>
    public void SetQueue(string state)
    {
        if (Queue.State == state)
            return;
        Queue.State = state;
        TellQueue("state_changed");
    }

    /// <summary>Tells what became of the queue.</summary>
    public void TellQueue(string action) => Told?.Invoke("notify_job_queue_changed", new JsonObject
    {
        ["action"] = action,
        ["updated_queue"] = action == "state_changed" ? null : Queue.Jobs(Now),
        ["queue_state"] = Queue.State,
    });

    /// <summary>Tells that a file came or went.</summary>
    public void TellFile(string action, JsonNode item) => Told?.Invoke("notify_filelist_changed", new JsonObject { ["action"] = action, ["item"] = item });

    /// <summary>Klipper stops at once.</summary>
    public void Shutdown(string message)
    {
        _klipper.Shutdown(message);
        Moved?.Invoke();
    }

    /// <summary>Klipper begins anew; a print is lost, and history says so.</summary>
    public void RestartKlipper()
    {
        _klipper.Restart();
        Told?.Invoke("notify_klippy_disconnected", null);
        Told?.Invoke("notify_klippy_ready", null);
        Moved?.Invoke();
    }

    /// <summary>Moonraker alone ends and begins anew: Klipper prints on, and history calls the job interrupted all the same.</summary>
    public void RestartMoonraker()
    {
        Cut?.Invoke();
        History.Interrupt();
        Queue = new JobQueue();
    }

    /// <summary>No network until it is given back.</summary>
    public void SetLinkLost(bool lost)
    {
        _linkLost = lost;
        if (lost)
            Cut?.Invoke();
    }

    /// <summary>No power for so many of its seconds: the print and the queue are lost, the files and the history are not.</summary>
    public void CutPower(double seconds)
    {
        Cut?.Invoke();
        _klipper.Dispose();
        _offFor = seconds;
        if (seconds <= 0)
            PowerOn();
    }

    /// <summary>Mends what is broken. A shutdown stays until Klipper begins anew, and a pause until somebody resumes.</summary>
    public void Repair()
    {
        (_klipper.Filament, _klipper.Jammed) = (true, false);
        _klipper.Machine.Extruder.Broken = false;
        _klipper.Machine.NoTrigger = false;
        SetLinkLost(false);
        Moved?.Invoke();
    }

    public void Dispose() => _klipper.Dispose();

    private void PowerOn()
    {
        _klipper.Dispose();
        _klipper = new VirtualKlipper(Options, Ended);
        History = new PrintHistory(Path.Combine(Options.Folder, "history.json"));
        Queue = new JobQueue();
    }

    private void Ended(string status)
    {
        if (status == "klippy_shutdown")
            Told?.Invoke("notify_klippy_shutdown", null);
        TellHistory("finished", History.Finish(status == "complete" ? "completed" : status, _klipper.Print, Now));
        if (status is not "complete" && Queue.First is not null)
            SetQueue("paused");
        else if (Queue is { State: "ready", First: not null })
            StartQueue();
    }

    private void TellHistory(string action, JsonObject? job)
    {
        if (job is not null)
            Told?.Invoke("notify_history_changed", new JsonObject { ["action"] = action, ["job"] = job.DeepClone() });
    }
}
