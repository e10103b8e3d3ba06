namespace Dwapi.Edge.DBus;

/// <summary>Which signals are wanted.</summary>
/// <param name="Sender">A name; the bus keeps it right when the owner changes.</param>
/// <param name="Interface">The interface.</param>
/// <param name="Member">The signal.</param>
/// <param name="Argument0">First argument, a string; null for any.</param>
internal sealed record DBusMatch(string Sender, string Interface, string Member, string? Argument0 = null)
{
    /// <summary>The rule as the bus takes it.</summary>
    public string Rule => $"type='signal',sender='{Sender}',interface='{Interface}',member='{Member}'"
        + (Argument0 is null ? "" : $",arg0='{Argument0}'");

    /// <summary>True if a signal that came is meant; the sender and the argument are left to who handles it.</summary>
    public bool Fits(DBusMessage signal) => signal.Interface == Interface && signal.Member == Member;
}
