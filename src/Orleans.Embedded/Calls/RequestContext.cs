using Dwapi.Actors.Runtime;

namespace Orleans.Runtime;

/// <summary>Values that go with every call that is made from here, and with the calls that those make.</summary>
public static class RequestContext
{
    private const string ReentrancyKey = "#CCR";

    // Never changed in place: a copy replaces it, so that a value set by a callee does not reach the caller.
    private static readonly AsyncLocal<Dictionary<string, object>?> Values = new();

    /// <summary>The call chain in which calls back into a grain on it are let in; empty for none.</summary>
    public static Guid ReentrancyId
    {
        get => Get(ReentrancyKey) is Guid id ? id : Guid.Empty;
        set
        {
            if (value == Guid.Empty)
                Remove(ReentrancyKey);
            else
                Set(ReentrancyKey, value);
        }
    }

    /// <summary>The names of all values.</summary>
    public static IEnumerable<string> Keys => Values.Value?.Keys ?? Enumerable.Empty<string>();

    /// <summary>All values.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Entries => Values.Value ?? Enumerable.Empty<KeyValuePair<string, object>>();

    internal static bool IsEmpty => Values.Value is null;

    /// <summary>The value of this name; null if there is none.</summary>
    public static object? Get(string key) => Values.Value is { } values && values.TryGetValue(key, out var value) ? value : null;

    /// <summary>Sets a value. It must be immutable.</summary>
    public static void Set(string key, object value) =>
        Values.Value = Values.Value is { } values ? new Dictionary<string, object>(values) { [key] = value } : new() { [key] = value };

    /// <summary>Removes a value.</summary>
    /// <returns>Whether there was one.</returns>
    public static bool Remove(string key)
    {
        if (Values.Value is not { } values || !values.ContainsKey(key))
            return false;
        var rest = new Dictionary<string, object>(values);
        rest.Remove(key);
        Values.Value = rest.Count == 0 ? null : rest;
        return true;
    }

    /// <summary>Removes all values.</summary>
    public static void Clear()
    {
        if (Values.Value is not null)
            Values.Value = null;
    }

    /// <summary>Until the result is disposed, calls that come back to this grain along the call chain are let in while it waits.</summary>
    public static ReentrancySection AllowCallChainReentrancy()
    {
        var chain = ReentrancyId;
        return new ReentrancySection(chain, chain == Guid.Empty ? Guid.NewGuid() : chain);
    }

    /// <summary>Until the result is disposed, calls that come back along the call chain wait as all others do.</summary>
    public static ReentrancySection SuppressCallChainReentrancy() => new(ReentrancyId, Guid.Empty);

    /// <summary>The scope of <see cref="AllowCallChainReentrancy"/> and <see cref="SuppressCallChainReentrancy"/>.</summary>
    public readonly struct ReentrancySection : IDisposable
    {
        private readonly Guid _original;
        private readonly Guid _new;

        /// <summary>Enters the scope.</summary>
        public ReentrancySection(Guid originalReentrancyId, Guid newReentrancyId)
        {
            _original = originalReentrancyId;
            _new = newReentrancyId;
            if (_new != _original)
                ReentrancyId = _new;
            if (_new != Guid.Empty)
                Activation.Current?.EnterReentrantSection(_new);
        }

        /// <summary>Leaves the scope.</summary>
        public void Dispose()
        {
            if (_new != Guid.Empty)
                Activation.Current?.ExitReentrantSection(_new);
            if (_new != _original)
                ReentrancyId = _original;
        }
    }
}
