using System.Security.Cryptography;
using System.Text;

namespace Dwapi.WebApi.PluginLink;

/// <summary>An edge's key, <c>tenant.edgeId.secret</c>: the tenant comes from it and from nowhere else.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="EdgeId">The edge that it was made for.</param>
/// <param name="Hash">SHA-256 of the whole text; the only form that leaves this type.</param>
internal readonly record struct PluginKey(string Tenant, string EdgeId, ReadOnlyMemory<byte> Hash)
{
    public static bool TryParse(string text, out PluginKey key)
    {
        key = default;
        var first = text.IndexOf('.', StringComparison.Ordinal);
        var last = text.LastIndexOf('.');
        if (first < 1 || last <= first + 1 || last == text.Length - 1 || text.AsSpan(0, last).Contains('/'))
        {
            return false;
        }

        key = new PluginKey(text[..first], text[(first + 1)..last], SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return true;
    }
}
