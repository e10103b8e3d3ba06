using Dwapi.Gotapi.Codes;
using Dwapi.Gotapi.Quantities;
using Dwapi.Gotapi.Time;

namespace Dwapi.Gotapi.Health;

/// <summary>A quantity object: one measured number with its type, its unit and its time.</summary>
public readonly record struct Quantity
{
    /// <summary>Makes a quantity; a number that no FLOAT can hold is rounded as the FLOAT is, so that both stay equal.</summary>
    /// <param name="value">The number at the resolution of the device.</param>
    /// <param name="type">What was measured; <see cref="MdcCodes.Unspecified"/> when the device does not say.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="time">When it was measured, after clock correction.</param>
    /// <param name="timeStampByPlugIn">True when the device gave no time stamp and the time of reception was used (HD-HLF-06).</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is beyond the range of a FLOAT.</exception>
    public Quantity(DecimalNumber value, MdcCode type, MdcCode unit, TimeStamp time, bool timeStampByPlugIn)
    {
        MderFloat = MderFloat.FromNumber(value);
        if (!MderFloat.TryGetNumber(out var held, out _))
            throw new ArgumentOutOfRangeException(nameof(value), "Beyond the range of an 11073 FLOAT.");

        Value = held;
        Type = type;
        Unit = unit;
        Time = time;
        TimeStampByPlugIn = timeStampByPlugIn;
    }

    /// <summary>The number as the device resolved it.</summary>
    public DecimalNumber Value { get; }

    /// <summary>The same number and resolution as an 11073 FLOAT.</summary>
    public MderFloat MderFloat { get; }

    /// <summary>What was measured.</summary>
    public MdcCode Type { get; }

    /// <summary>Its unit.</summary>
    public MdcCode Unit { get; }

    /// <summary>When it was measured.</summary>
    public TimeStamp Time { get; }

    /// <summary>True when <see cref="Time"/> is the time of reception.</summary>
    public bool TimeStampByPlugIn { get; }
}
