namespace Dwapi.WebApi.PluginLink.Ingest;

/// <summary>
/// The contiguous prefix of an edge's sequences that is done (DECISIONS 14). What is done above it is one bit each, in pages, because
/// the edge takes its devices in turn: a backlog of one device leaves thousands of single holes.
/// </summary>
internal sealed class LinkPosition
{
    /// <summary>How far above the prefix a sequence may lie; what is further is a fault of the edge, not an outbox.</summary>
    public const long MaxAhead = 100_000_000;

    private const int PageBits = 4096;

    private readonly Dictionary<long, ulong[]> _pages = [];

    public LinkPosition(long acknowledged, IEnumerable<long> committed)
    {
        Value = acknowledged;
        foreach (var sequence in committed)
        {
            Add(sequence);
        }
    }

    /// <summary>Everything up to here is committed or refused.</summary>
    public long Value { get; private set; }

    /// <summary>Whether a sequence is done.</summary>
    public bool Contains(long sequence) => sequence <= Value || IsSet(sequence);

    /// <summary>Notes that a sequence is done.</summary>
    /// <returns>True when the prefix moved.</returns>
    public bool Add(long sequence)
    {
        if (sequence <= Value)
        {
            return false;
        }

        if (sequence != Value + 1)
        {
            Set(sequence);
            return false;
        }

        do
        {
            Value++;
            if ((Value + 1) % PageBits == 0)
            {
                _pages.Remove(Value / PageBits);
            }
        }
        while (IsSet(Value + 1));
        return true;
    }

    private bool IsSet(long sequence) =>
        _pages.TryGetValue(sequence / PageBits, out var page) && (page[sequence % PageBits / 64] & (1UL << (int)(sequence % 64))) != 0;

    private void Set(long sequence)
    {
        if (!_pages.TryGetValue(sequence / PageBits, out var page))
        {
            _pages.Add(sequence / PageBits, page = new ulong[PageBits / 64]);
        }

        page[sequence % PageBits / 64] |= 1UL << (int)(sequence % 64);
    }
}
