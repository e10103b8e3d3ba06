namespace Dwapi.Grains.Ports;

/// <summary>The store could not make a request durable; nothing of it is, unless it is <see cref="InDoubt"/>. The message says what an operator can do.</summary>
public sealed class MeasurementStoreException : Exception
{
    /// <summary>Makes the exception.</summary>
    public MeasurementStoreException(string message, Exception? inner = null, bool inDoubt = false)
        : base(message, inner) => InDoubt = inDoubt;

    /// <summary>True when the line to the store broke while it committed: the heads have to be read again before the next request.</summary>
    public bool InDoubt { get; }
}
