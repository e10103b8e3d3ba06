using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dwapi.Grains.Settings;
using Microsoft.Extensions.Options;

namespace Dwapi.WebApi.Gotapi;

/// <summary>What the server says of itself in every answer.</summary>
internal sealed class ServerIdentity
{
    public ServerIdentity(IOptions<GotapiOptions> options, IOptions<DwapiOptions> dwapi)
    {
        Product = options.Value.Product;
        Version = typeof(ServerIdentity).Assembly.GetName().Version!.ToString(3);
        var product = JsonEncodedText.Encode(Product);
        Head = Encoding.UTF8.GetBytes($$"""{"product":"{{product}}","version":"{{Version}}" """.TrimEnd());
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(dwapi.Value.ServerId + "/" + Product));
        Uuid = new Guid(hash.AsSpan(0, 16)).ToString();
        Keyword = Convert.ToHexStringLower(hash.AsSpan(16, 3));
    }

    /// <summary>Product name.</summary>
    public string Product { get; }

    /// <summary>Version, three numbers.</summary>
    public string Version { get; }

    /// <summary>Begin of every answer, the opening brace and the members product and version.</summary>
    public ReadOnlyMemory<byte> Head { get; }

    /// <summary>Stable id of this server, the same at each of its nodes.</summary>
    public string Uuid { get; }

    /// <summary>A word by which a person recognises this server on the approval page.</summary>
    public string Keyword { get; }
}
