using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Dwapi.Edge.Printers.PrusaLink;

/// <summary>One challenge of HTTP digest authentication (RFC 7616 3.3), and the answers to it (3.4).</summary>
internal sealed class DigestChallenge
{
    private readonly string _realm;
    private readonly string? _opaque;
    private readonly string? _algorithm;
    private readonly bool _session;
    private readonly bool _qop;
    private readonly string _cnonce;
    private int _count;

    private DigestChallenge(IReadOnlyDictionary<string, string> given, string cnonce)
    {
        _cnonce = cnonce;
        (Nonce, _realm) = (given["nonce"], given.GetValueOrDefault("realm", ""));
        (_opaque, _algorithm) = (given.GetValueOrDefault("opaque"), given.GetValueOrDefault("algorithm"));
        _session = Algorithm(given).EndsWith("-SESS", StringComparison.Ordinal);
        IsSha256 = Algorithm(given).StartsWith("SHA-256", StringComparison.Ordinal);
        IsStale = given.GetValueOrDefault("stale", "").Equals("true", StringComparison.OrdinalIgnoreCase);
        _qop = given.ContainsKey("qop");
    }

    /// <summary>The server's number.</summary>
    public string Nonce { get; }

    /// <summary>The login was right, its nonce was old.</summary>
    public bool IsStale { get; }

    /// <summary>SHA-256 goes before MD5.</summary>
    public bool IsSha256 { get; }

    /// <summary>The best challenge that we can answer; null if there is none.</summary>
    /// <param name="offered">The header WWW-Authenticate, taken apart.</param>
    /// <param name="cnonce">Our own number; random.</param>
    public static DigestChallenge? Of(IEnumerable<AuthenticationHeaderValue> offered, string cnonce) => offered
        .Where(one => one.Scheme.Equals("Digest", StringComparison.OrdinalIgnoreCase))
        .Select(one => Members(one.Parameter ?? ""))
        .Where(IsUsable)
        .Select(given => new DigestChallenge(given, cnonce))
        .OrderByDescending(one => one.IsSha256)
        .FirstOrDefault();

    /// <summary>The parameters of the header Authorization. Each call counts the nonce on.</summary>
    /// <param name="method">GET, PUT ...</param>
    /// <param name="uri">The request target as it is sent: path and query.</param>
    /// <param name="userName">Who.</param>
    /// <param name="password">The secret; it stays here.</param>
    public string Answer(string method, string uri, string userName, string password)
    {
        var count = Interlocked.Increment(ref _count).ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
        var secret = Hash($"{userName}:{_realm}:{password}");
        if (_session)
            secret = Hash($"{secret}:{Nonce}:{_cnonce}");
        var target = Hash($"{method}:{uri}");

        // Without qop it is the form of RFC 2069, which printers with little memory still use.
        var response = Hash(_qop ? $"{secret}:{Nonce}:{count}:{_cnonce}:auth:{target}" : $"{secret}:{Nonce}:{target}");
        var answer = new StringBuilder($"username={Quoted(userName)}, realm={Quoted(_realm)}, nonce={Quoted(Nonce)}, uri={Quoted(uri)}, response=\"{response}\"");
        if (_algorithm is not null)
            answer.Append($", algorithm={_algorithm}");
        if (_qop)
            answer.Append($", qop=auth, nc={count}");
        if (_qop || _session)
            answer.Append($", cnonce={Quoted(_cnonce)}");
        if (_opaque is not null)
            answer.Append($", opaque={Quoted(_opaque)}");
        return answer.ToString();
    }

    private static bool IsUsable(IReadOnlyDictionary<string, string> given) =>
        given.GetValueOrDefault("nonce", "").Length > 0
        && Algorithm(given) is "MD5" or "MD5-SESS" or "SHA-256" or "SHA-256-SESS"
        && (!given.TryGetValue("qop", out var qop) || qop.Split(',').Any(one => one.Trim().Equals("auth", StringComparison.OrdinalIgnoreCase)));

    private static string Algorithm(IReadOnlyDictionary<string, string> given) => given.GetValueOrDefault("algorithm", "MD5").ToUpperInvariant();

    // name=value pairs, a value being a word or a quoted string with backslashes.
    private static Dictionary<string, string> Members(string text)
    {
        var members = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var at = 0;
        while (at < text.Length)
        {
            var equals = text.IndexOf('=', at);
            if (equals < 0)
                break;
            var name = text[at..equals].Trim(' ', ',', '\t');
            var value = new StringBuilder();
            at = equals + 1;
            while (at < text.Length && text[at] == ' ')
                at++;
            if (at < text.Length && text[at] == '"')
            {
                for (at++; at < text.Length && text[at] != '"'; at++)
                {
                    if (text[at] == '\\' && at + 1 < text.Length)
                        at++;
                    value.Append(text[at]);
                }

                at++;
            }
            else
            {
                for (; at < text.Length && text[at] != ','; at++)
                    value.Append(text[at]);
            }

            members[name] = value.ToString().Trim();
        }

        return members;
    }

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private string Hash(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
#pragma warning disable CA5351 // The printer decides: most know MD5 only.
        return Convert.ToHexStringLower(IsSha256 ? SHA256.HashData(bytes) : MD5.HashData(bytes));
#pragma warning restore CA5351
    }
}
