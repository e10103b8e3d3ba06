using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Dwapi.ContentServer;

/// <summary>
/// Tokens: 256 random bits each, of which only the SHA-256 is kept, in memory. One for a download is good for one printer and one model,
/// 10 minutes until its first use, then until the last byte was sent; Range requests on the way are the same use.
/// </summary>
internal sealed class ContentTokens(TimeProvider time)
{
    // As often as a token can end unused.
    private static readonly TimeSpan SweepPeriod = ContentToken.UnusedLife;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ContentToken> _tokens = new(StringComparer.Ordinal);
    private DateTimeOffset _swept = time.GetUtcNow();

    /// <summary>How many are kept, those that ended since the last look included.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _tokens.Count;
            }
        }
    }

    /// <summary>Makes a token.</summary>
    public string Make(string scope, string modelId = "", string printer = "")
    {
        var text = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (now - _swept >= SweepPeriod)
            {
                _swept = now;
                foreach (var (key, token) in _tokens.Where(token => !token.Value.IsAlive(now)))
                {
                    _tokens.Remove(key);
                }
            }

            _tokens[Hash(text)] = new ContentToken(scope, modelId, printer, now);
        }

        return text;
    }

    /// <summary>What a token is good for now; null for nothing.</summary>
    public ContentToken? Find(string text)
    {
        lock (_lock)
        {
            return _tokens.TryGetValue(Hash(text), out var token) && token.IsAlive(time.GetUtcNow()) ? token : null;
        }
    }

    /// <summary>A download begins with it: it lives on until that is complete.</summary>
    public void Use(string text)
    {
        lock (_lock)
        {
            var hash = Hash(text);
            if (_tokens.TryGetValue(hash, out var token))
            {
                _tokens[hash] = token with { Used = true };
            }
        }
    }

    /// <summary>Ends a token; one that does not exist is ended already.</summary>
    public void Revoke(string text)
    {
        lock (_lock)
        {
            _tokens.Remove(Hash(text));
        }
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
