namespace Dwapi.Edge.Gcode;

/// <summary>
/// One axis of the machine, in millimetres. Its place is known from the first absolute move on; before, and after homing, which ends where the
/// printer is built to, only how far it went is known.
/// </summary>
/// <param name="low">Lowest place that is let through.</param>
/// <param name="high">Highest place.</param>
/// <param name="size">Length of the axis; 0 if it is not known, and then everything is let through.</param>
internal struct GcodeAxis(double low, double high, double size)
{
    private readonly double _low = low;
    private readonly double _high = high;
    private readonly double _size = size;
    private double _least;
    private double _most;

    // The place at which G-code means 0; where the place is not known, in the same unknown frame.
    private double _origin;
    private bool _originUnknown;
    private double _shift;

    /// <summary>Where it is; from an unknown start if it is not <see cref="Known"/>.</summary>
    public double At { readonly get; private set; }

    /// <summary>Whether <see cref="At"/> is the place itself.</summary>
    public bool Known { get; private set; }

    /// <summary>The highest place, for people.</summary>
    public readonly double End => _high;

    /// <summary>What SAVE_GCODE_STATE keeps of it.</summary>
    public readonly (double Origin, bool Unknown, double Shift) Frame => (_origin, _originUnknown, _shift);

    /// <summary>Where a word leads.</summary>
    public readonly double Target(double value, bool relative) => relative ? At + value : _origin + value;

    /// <summary>Whether a move to a word's place goes through places that can be told in one frame.</summary>
    public readonly bool KeepsFrame(bool relative) => relative || Known || _originUnknown;

    /// <summary>Goes there; false if it is beyond the axis.</summary>
    public bool Go(double target, bool relative)
    {
        Known |= !relative && !_originUnknown;
        At = target;
        return Touch(target);
    }

    /// <summary>Passes a place of the present frame; false if it is beyond the axis.</summary>
    public bool Touch(double place)
    {
        const double tolerance = 0.001;
        if (Known)
            return _size <= 0 || (place >= _low - tolerance && place <= _high + tolerance);
        (_least, _most) = (Math.Min(_least, place), Math.Max(_most, place));
        return _size <= 0 || _most - _least <= _size + tolerance;
    }

    /// <summary>Homes.</summary>
    public void Home() => (At, Known, _least, _most, _origin, _originUnknown) = (0, false, 0, 0, _shift, false);

    /// <summary>The present place is called a number (G92).</summary>
    public void Call(double value) => (_origin, _originUnknown) = (At - value, !Known);

    /// <summary>All coordinates are shifted (SET_GCODE_OFFSET).</summary>
    public void Shift(double shift)
    {
        _origin += shift - _shift;
        _shift = shift;
    }

    /// <summary>A kept frame counts again.</summary>
    public void Restore((double Origin, bool Unknown, double Shift) frame) => (_origin, _originUnknown, _shift) = frame;
}
