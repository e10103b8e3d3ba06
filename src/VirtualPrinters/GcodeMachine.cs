using Dwapi.Edge.Gcode;

namespace Dwapi.VirtualPrinters;

/// <summary>What the G-code moves: axes, extruder, heaters. A command is run at once; how long it takes is <see cref="Busy"/>.</summary>
internal sealed class GcodeMachine(double x, double y, double z)
{
    /// <summary>Least temperature for extruding, degrees Celsius.</summary>
    public const double MinExtrudeTemperature = 170;

    /// <summary>Highest temperatures that the firmware takes, degrees Celsius.</summary>
    public const double MaxExtruderTemperature = 300;

    private const double HomingSeconds = 8;

    private readonly double[] _size = [x, y, z];
    private readonly double[] _position = new double[4];
    private bool _relative;
    private bool _relativeExtrusion;
    private double _feed = 25;

    public VirtualHeater Extruder { get; } = new(power: 4, timeConstant: 150);

    public VirtualHeater Bed { get; } = new(power: 1.5, timeConstant: 600);

    /// <summary>Print size: X, Y, Z in millimetres.</summary>
    public IReadOnlyList<double> Size => _size;

    /// <summary>X, Y, Z and the extruder, millimetres.</summary>
    public IReadOnlyList<double> Position => _position;

    /// <summary>Axes whose place is known: "" or "xyz".</summary>
    public string Homed { get; set; } = "";

    /// <summary>Seconds that the last command still takes.</summary>
    public double Busy { get; set; }

    /// <summary>The heater that the last command waits for.</summary>
    public VirtualHeater? WaitsFor { get; set; }

    /// <summary>True while a command runs that nothing can interrupt: everything else that is asked waits behind it.</summary>
    public bool Blocks => WaitsFor is not null || _homing;

    /// <summary>True if an end stop never triggers.</summary>
    public bool NoTrigger { get; set; }

    /// <summary>Millimetres that the last command extruded.</summary>
    public double Extruded { get; private set; }

    private bool _homing;

    /// <summary>Lets time pass for the heaters.</summary>
    public void Warm(double seconds)
    {
        Extruder.Advance(seconds);
        Bed.Advance(seconds);
        if (WaitsFor is { Reached: true })
            WaitsFor = null;
    }

    /// <summary>Gives the command its time; what is left over.</summary>
    public double Spend(double seconds)
    {
        var spent = Math.Min(seconds, Busy);
        Busy -= spent;
        if (Busy <= 0)
            _homing = false;
        return seconds - spent;
    }

    /// <summary>Ends whatever runs: the firmware stopped or the job is over.</summary>
    public void Stop()
    {
        (Busy, WaitsFor, _homing) = (0, null, false);
        Extruder.Heat(0);
        Bed.Heat(0);
    }

    /// <summary>Runs a command. What is unknown is ignored, as a macro without effect.</summary>
    /// <exception cref="KlipperFault">The command cannot be done.</exception>
    public void Run(in GcodeCommand command)
    {
        Extruded = 0;
        switch (command.Name)
        {
            case "G0" or "G1":
                Move(command);
                break;
            case "G4":
                Busy = (command.Number('P') ?? 0) / 1000 + (command.Number('S') ?? 0);
                break;
            case "G28":
                Home();
                break;
            case "G90":
                _relative = false;
                break;
            case "G91":
                _relative = true;
                break;
            case "M82":
                _relativeExtrusion = false;
                break;
            case "M83":
                _relativeExtrusion = true;
                break;
            case "G92":
                _position[3] = command.Number('E') ?? _position[3];
                break;
            case "M104" or "M109":
                Heat(Extruder, command, wait: command.Name == "M109");
                break;
            case "M140" or "M190":
                Heat(Bed, command, wait: command.Name == "M190");
                break;
        }
    }

    private void Heat(VirtualHeater heater, in GcodeCommand command, bool wait)
    {
        var target = command.Number('S') ?? command.Number('R') ?? 0;
        if (target is < 0 or > MaxExtruderTemperature)
            throw new KlipperFault(400, $"Requested temperature ({target:0.0}) out of range (0.0:{MaxExtruderTemperature:0.0})");
        heater.Heat(target);
        WaitsFor = wait && !heater.Reached ? heater : null;
    }

    private void Home()
    {
        if (NoTrigger)
            throw new KlipperFault(400, "No trigger on x after full movement");
        (Homed, Busy, _homing) = ("xyz", HomingSeconds, true);
        _position.AsSpan(0, 3).Clear();
    }

    private void Move(in GcodeCommand command)
    {
        Span<double> to = stackalloc double[4];
        _position.CopyTo(to);
        for (var axis = 0; axis < 4; axis++)
        {
            if (command.Number("XYZE"[axis]) is { } value)
                to[axis] = (axis == 3 ? _relativeExtrusion || _relative : _relative) ? to[axis] + value : value;
        }

        _feed = command.Number('F') is { } feed and > 0 ? feed / 60 : _feed;
        var way = Math.Sqrt(Square(to[0] - _position[0]) + Square(to[1] - _position[1]) + Square(to[2] - _position[2]));
        if (way > 0 && Homed.Length == 0)
            throw new KlipperFault(400, "Must home axis first: " + $"{to[0]:0.000} {to[1]:0.000} {to[2]:0.000} [{to[3]:0.000}]");
        for (var axis = 0; axis < 3; axis++)
        {
            if (to[axis] < 0 || to[axis] > _size[axis])
                throw new KlipperFault(400, $"Move out of range: {to[0]:0.000} {to[1]:0.000} {to[2]:0.000} [{to[3]:0.000}]");
        }

        var extruded = to[3] - _position[3];
        if (extruded > 0 && Extruder.Temperature < MinExtrudeTemperature)
            throw new KlipperFault(400, "Extrude below minimum temp\nSee the 'min_extrude_temp' config option for details");
        to.CopyTo(_position);
        Extruded = Math.Max(0, extruded);
        Busy = (way > 0 ? way : Math.Abs(extruded)) / _feed;
    }

    private static double Square(double value) => value * value;
}
