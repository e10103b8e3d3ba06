using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Dwapi.ContentServer;

/// <summary>A model that can be printed.</summary>
internal sealed class ContentModel
{
    public ContentModel(string id, string title, string mediaType, string fileName)
    {
        Id = id;
        Title = title;
        MediaType = mediaType;
        FileName = fileName;
        Bytes = Resource(fileName);
        PreviewBytes = Resource(id + ".svg");
        var digest = SHA256.HashData(Bytes);
        Sha256 = Convert.ToHexStringLower(digest);
        ReprDigest = $"sha-256=:{Convert.ToBase64String(digest)}:";
    }

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>Its name for people.</summary>
    public string Title { get; }

    /// <summary>Media type of the file.</summary>
    public string MediaType { get; }

    /// <summary>Name of the file.</summary>
    public string FileName { get; }

    /// <summary>Bytes of the file.</summary>
    public int Size => Bytes.Length;

    /// <summary>SHA-256 of the file, lower-case hex.</summary>
    public string Sha256 { get; }

    /// <summary>The same as RFC 9530 has it.</summary>
    [JsonIgnore]
    public string ReprDigest { get; }

    /// <summary>Address of the file, relative to the server's.</summary>
    public string File => $"models/{Id}/file";

    /// <summary>Address of a picture.</summary>
    public string Preview => $"models/{Id}/preview";

    /// <summary>The file.</summary>
    [JsonIgnore]
    public byte[] Bytes { get; }

    /// <summary>The picture.</summary>
    [JsonIgnore]
    public byte[] PreviewBytes { get; }

    private static byte[] Resource(string name)
    {
        using var stream = typeof(ContentModel).Assembly.GetManifestResourceStream("Models/" + name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
