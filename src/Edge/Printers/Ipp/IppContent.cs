using System.Net;
using System.Net.Http.Headers;

namespace Dwapi.Edge.Printers.Ipp;

/// <summary>The body of a request: the message, and behind it the document if there is one.</summary>
internal sealed class IppContent : HttpContent
{
    /// <summary>The media type of messages.</summary>
    public const string MediaType = "application/ipp";

    private readonly ReadOnlyMemory<byte> _message;
    private readonly string? _path;
    private readonly long _size;

    public IppContent(ReadOnlyMemory<byte> message, string? path)
    {
        (_message, _path) = (message, path);
        _size = path is null ? 0 : new FileInfo(path).Length;
        Headers.ContentType = new MediaTypeHeaderValue(MediaType);
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(_message).ConfigureAwait(false);
        if (_path is null)
            return;
        await using var document = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await document.CopyToAsync(stream).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _message.Length + _size;
        return true;
    }
}
