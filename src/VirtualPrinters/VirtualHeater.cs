namespace Dwapi.VirtualPrinters;

/// <summary>A heater with its body: full power up to the target, loss to the air in proportion to the difference.</summary>
/// <param name="power">Degrees a second at full power without loss.</param>
/// <param name="timeConstant">Seconds in which the difference to the air falls to 37 % without power.</param>
internal sealed class VirtualHeater(double power, double timeConstant)
{
    /// <summary>Temperature of the air.</summary>
    public const double Ambient = 22;

    // A heater that gains nothing for so long is a fault for Klipper (verify_heater).
    private const double NoGainSeconds = 20;

    private double _best;
    private double _sinceGain;

    /// <summary>Degrees Celsius.</summary>
    public double Temperature { get; private set; } = Ambient;

    /// <summary>Degrees Celsius wanted; 0 when off.</summary>
    public double Target { get; private set; }

    /// <summary>True once it gives no heat any more, whatever is wanted.</summary>
    public bool Broken { get; set; }

    /// <summary>True when the target is reached, or there is none.</summary>
    public bool Reached => Target <= 0 || Temperature >= Target - 1;

    /// <summary>True when it has heated in vain for too long.</summary>
    public bool InVain => _sinceGain > NoGainSeconds;

    /// <summary>Sets the target.</summary>
    public void Heat(double target)
    {
        if (target == Target)
            return;
        Target = target;
        (_best, _sinceGain) = (Temperature, 0);
    }

    /// <summary>Lets time pass.</summary>
    public void Advance(double seconds)
    {
        var cooled = Temperature + ((Ambient - Temperature) * (1 - Math.Exp(-seconds / timeConstant)));
        Temperature = !Broken && cooled < Target ? Math.Min(Target, cooled + (power * seconds)) : cooled;
        if (Target <= 0 || Temperature >= Target - 5 || Temperature > _best + 0.5)
            (_best, _sinceGain) = (Temperature, 0);
        else
            _sinceGain += seconds;
    }
}
