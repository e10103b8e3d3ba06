using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Dwapi.VirtualPrinters;

/// <summary>Who may call: anybody, or who shows the key or a one-shot token, which lives for 5 s and one use.</summary>
internal sealed class MoonrakerAccess(string? apiKey, TimeProvider time)
{
    private static readonly TimeSpan TokenLife = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _tokens = new(StringComparer.Ordinal);

    /// <summary>True if nobody has to show anything.</summary>
    public bool IsOpen => apiKey is null;

    /// <summary>A new one-shot token.</summary>
    public string Token()
    {
        var token = RandomNumberGenerator.GetHexString(32);
        _tokens[token] = time.GetUtcNow() + TokenLife;
        return token;
    }

    /// <summary>True if the request may be answered.</summary>
    public bool Lets(HttpRequest request) => IsOpen || IsKey(request.Headers["X-Api-Key"]) || IsToken(request.Query["token"]);

    /// <summary>True for the key.</summary>
    public bool IsKey(string? key) => apiKey is null || key == apiKey;

    private bool IsToken(string? token) => token is not null && _tokens.TryRemove(token, out var end) && time.GetUtcNow() <= end;
}
