using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Dwapi.ContentServer;

/// <summary>A model that can be printed. Its bytes stay where they are, so that it may be of any size.</summary>
internal sealed class ContentModel
{
    private readonly Func<Stream> _open;

    private ContentModel(string id, string title, string mediaType, string fileName, Func<Stream> open, byte[]? preview)
    {
        (Id, Title, MediaType, FileName, _open, PreviewBytes) = (id, title, mediaType, fileName, open, preview);
        using var content = open();
        Size = content.Length;
        var digest = SHA256.HashData(content);
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
    public long Size { get; }

    /// <summary>SHA-256 of the file, lower-case hex.</summary>
    public string Sha256 { get; }

    /// <summary>The same as RFC 9530 has it.</summary>
    [JsonIgnore]
    public string ReprDigest { get; }

    /// <summary>Address of the file, relative to the server's.</summary>
    public string File => $"models/{Id}/file";

    /// <summary>Address of a picture; null if there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Preview => PreviewBytes is null ? null : $"models/{Id}/preview";

    /// <summary>The picture; null if there is none.</summary>
    [JsonIgnore]
    public byte[]? PreviewBytes { get; }

    /// <summary>A model of this assembly, with a picture.</summary>
    public static ContentModel BuiltIn(string id, string title, string mediaType, string fileName)
    {
        using var preview = Resource(id + ".svg");
        var bytes = new byte[preview.Length];
        preview.ReadExactly(bytes);
        return new ContentModel(id, title, mediaType, fileName, () => Resource(fileName), bytes);
    }

    /// <summary>A model that lies in a folder. One that is replaced there is found damaged by whoever downloads it, until the next start.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ContentModel OfFile(string id, string mediaType, string path) => new(
        id, Path.GetFileNameWithoutExtension(path), mediaType, Path.GetFileName(path),
        () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous | FileOptions.SequentialScan),
        preview: null);

    /// <summary>The file, from its first byte; the caller closes it.</summary>
    public Stream Open() => _open();

    private static Stream Resource(string name) => typeof(ContentModel).Assembly.GetManifestResourceStream("Models/" + name)!;
}
