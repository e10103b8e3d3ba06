namespace Dwapi.Edge.Sources.Simulators;

/// <summary>A quantity of a body: it wanders slowly around its rest value and never leaves its range.</summary>
internal sealed class SimulatedWalk(Random random, double rest, double step, double low, double high)
{
    private double _value = rest + (step * ((2 * random.NextDouble()) - 1));

    /// <summary>The next value; one twentieth of the way back to rest, and a random step.</summary>
    public double Next()
    {
        _value += ((rest - _value) / 20) + (step * ((2 * random.NextDouble()) - 1));
        return _value = Math.Clamp(_value, low, high);
    }
}
