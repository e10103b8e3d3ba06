using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Dwapi.WebApi.Management;

/// <summary>
/// What the console holds after its login: an expiry and its keyed digest. No script can read it, no other site can send it, no other
/// tenant takes it, and a new admin token voids it. The token itself never leaves the login request.
/// </summary>
internal sealed class ConsoleCookie(AdminTokens tokens, ITenantResolver tenants, TimeProvider time)
{
    public const string Name = "dwapi-console";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    public void Issue(HttpContext context, AdminToken token)
    {
        var expires = time.GetUtcNow() + Lifetime;
        var text = expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        context.Response.Cookies.Append(Name, $"{text}.{Digest(token, tenants.Resolve(context), text)}", Attributes(context, expires));
    }

    public void Delete(HttpContext context) => context.Response.Cookies.Delete(Name, Attributes(context, expires: null));

    public bool IsValid(HttpContext context)
    {
        if (!context.Request.Cookies.TryGetValue(Name, out var value) || value.IndexOf('.', StringComparison.Ordinal) is var dot && dot < 1)
        {
            return false;
        }

        var expires = value[..dot];
        var tenant = tenants.Resolve(context);
        var digest = Encoding.UTF8.GetBytes(value[(dot + 1)..]);
        return tokens.Of(tenant).Any(token => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Digest(token, tenant, expires)), digest))
            && long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds > time.GetUtcNow().ToUnixTimeSeconds();
    }

    private static string Digest(AdminToken token, string tenant, string expires) =>
        Base64Url.EncodeToString(token.Derive($"console.{tenant}.{expires}"));

    private static CookieOptions Attributes(HttpContext context, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = context.Request.PathBase + "/",
        Expires = expires,
        IsEssential = true,
    };
}
