using Dwapi.Grains.Settings;
using Microsoft.Extensions.Options;

namespace Dwapi.WebApi.Doors;

/// <summary>
/// Limits grant and accessToken per tenant and remote address (gotapi-1.1 section 10, 15): each grant makes a client, and each accessToken may put a
/// question to a person. A count per minute, of which the minute before still counts for the part that lies within the last 60 s. No
/// timer: the framework's limiters wake an idle server ten times a second.
/// </summary>
internal sealed class AuthorizationRate(IOptions<GotapiOptions> options, TimeProvider time)
{
    private const long Minute = 60_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Count, int Before)> _calls = new(StringComparer.Ordinal);
    private long _minute;

    /// <summary>The limit, for the message.</summary>
    public int PerMinute { get; } = options.Value.AuthorizationsPerMinute;

    public bool TryEnter(string tenantAndAddress)
    {
        lock (_gate)
        {
            var (minute, elapsed) = Math.DivRem(time.GetUtcNow().ToUnixTimeMilliseconds(), Minute);
            if (minute != _minute)
            {
                Turn(minute - _minute);
                _minute = minute;
            }

            _calls.TryGetValue(tenantAndAddress, out var calls);
            if (calls.Count + (calls.Before * (Minute - elapsed) / Minute) >= PerMinute)
            {
                return false;
            }

            _calls[tenantAndAddress] = (calls.Count + 1, calls.Before);
            return true;
        }
    }

    // A clock that was set back or far ahead begins anew.
    private void Turn(long minutes)
    {
        if (minutes != 1)
        {
            _calls.Clear();
        }

        // Removal and replacement while enumerating are allowed for a dictionary.
        foreach (var (address, calls) in _calls)
        {
            if (calls.Count == 0)
            {
                _calls.Remove(address);
            }
            else
            {
                _calls[address] = (0, calls.Count);
            }
        }
    }
}
