namespace Dwapi.Storage.GrainState;

/// <summary>The same rules without a file: for benchmarks and tests only.</summary>
internal sealed class MemoryStateTable : IStateTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Grain, string State), StoredState> _states = [];

    public Task<StoredState?> Read(string grain, string state)
    {
        lock (_lock)
        {
            return Task.FromResult(_states.GetValueOrDefault((grain, state)));
        }
    }

    public Task<long> Replace(string grain, string state, long expected, StoredState? replacement)
    {
        lock (_lock)
        {
            var present = _states.GetValueOrDefault((grain, state))?.Version ?? 0;
            if (present == expected && replacement is not null)
            {
                _states[(grain, state)] = replacement;
            }
            else if (present == expected)
            {
                _states.Remove((grain, state));
            }

            return Task.FromResult(present);
        }
    }
}
