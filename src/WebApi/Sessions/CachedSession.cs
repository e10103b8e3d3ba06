using System.Security.Cryptography;
using System.Text;
using Dwapi.Gotapi.Authentication;
using Dwapi.Grains.Applications;

namespace Dwapi.WebApi.Sessions;

/// <summary>One session as this node knows it, at most SessionCacheTime old.</summary>
internal sealed class CachedSession(string clientId, ISessionGrain grain, SessionSnapshot snapshot, long fetchedAt)
{
    // The token that matched the hash. Comparing with it spares the hash on every further call; it never leaves this object.
    private volatile string? _verified;
    private long _touchedAt;

    /// <summary>The client.</summary>
    public string ClientId { get; } = clientId;

    /// <summary>Its grain.</summary>
    public ISessionGrain Grain { get; } = grain;

    /// <summary>What the grain said.</summary>
    public SessionSnapshot Snapshot { get; } = snapshot;

    /// <summary>When it said so, a timestamp of the clock.</summary>
    public long FetchedAt { get; } = fetchedAt;

    /// <summary>Whether a text is the session's current token; takes the same time wherever they differ.</summary>
    public bool IsToken(ReadOnlySpan<char> token)
    {
        if (Snapshot.TokenHash.Length != SHA256.HashSizeInBytes)
        {
            return false;
        }

        // The clientId before the dot is what the session was found by; only the secret behind it is left to compare.
        var secret = ClientId.Length;
        if (_verified is { } verified
            && token.Length > secret
            && token[..secret].SequenceEqual(ClientId)
            && ServerHmac.FixedTimeEquals(verified.AsSpan(secret), token[secret..]))
        {
            return true;
        }

        Span<byte> utf8 = stackalloc byte[TokenText.MaxLength * 3];
        if (token.Length > TokenText.MaxLength)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8[..Encoding.UTF8.GetBytes(token, utf8)], hash);
        if (!CryptographicOperations.FixedTimeEquals(hash, Snapshot.TokenHash.Span))
        {
            return false;
        }

        _verified = token.ToString();
        return true;
    }

    /// <summary>Takes over what a refresh of the same session need not find out again.</summary>
    public void Inherit(CachedSession before)
    {
        _touchedAt = Volatile.Read(ref before._touchedAt);
        if (before.Snapshot.TokenHash.Span.SequenceEqual(Snapshot.TokenHash.Span))
        {
            _verified = before._verified;
        }
    }

    /// <summary>Whether the grain should hear that the session was used: at most once a minute.</summary>
    public bool ShouldTouch(long now, long frequency)
    {
        var last = Volatile.Read(ref _touchedAt);
        return (last == 0 || now - last >= 60 * frequency) && Interlocked.CompareExchange(ref _touchedAt, now, last) == last;
    }
}
