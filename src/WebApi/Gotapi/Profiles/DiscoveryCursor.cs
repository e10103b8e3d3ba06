using System.Buffers.Text;
using System.Text;

namespace Dwapi.WebApi.Gotapi.Profiles;

/// <summary>Where a page of discovery ended: the order is by edge, then serviceId. Opaque to clients.</summary>
/// <param name="EdgeId">Edge of the last service.</param>
/// <param name="ServiceId">The last service.</param>
internal readonly record struct DiscoveryCursor(string EdgeId, string ServiceId)
{
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(EdgeId + "\n" + ServiceId));

    public static bool TryParse(string text, out DiscoveryCursor cursor)
    {
        cursor = default;
        if (text.Length > 1024 || !Base64Url.IsValid(text))
        {
            return false;
        }

        var plain = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        var split = plain.IndexOf('\n', StringComparison.Ordinal);
        if (split <= 0)
        {
            return false;
        }

        cursor = new DiscoveryCursor(plain[..split], plain[(split + 1)..]);
        return true;
    }
}
