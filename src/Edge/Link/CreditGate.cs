using Dwapi.Edge.Signals;

namespace Dwapi.Edge.Link;

/// <summary>How many items the server still takes; filled by WELCOME and ACK.</summary>
internal sealed class CreditGate(int credit)
{
    private readonly Pulse _more = new();
    private long _credit = credit;

    /// <summary>Items that may be sent now.</summary>
    public int Available => (int)Math.Clamp(Interlocked.Read(ref _credit), 0, int.MaxValue);

    /// <summary>Ends when there is more.</summary>
    public Task Changed => _more.Next;

    /// <summary>The server takes more.</summary>
    public void Add(int credit)
    {
        Interlocked.Add(ref _credit, credit);
        _more.Raise();
    }

    /// <summary>Takes note that items are sent.</summary>
    public void Spend(int items) => Interlocked.Add(ref _credit, -items);
}
