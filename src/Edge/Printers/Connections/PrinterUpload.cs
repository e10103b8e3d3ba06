using System.Net.Http.Headers;

namespace Dwapi.Edge.Printers.Connections;

/// <summary>A file on its way to a printer.</summary>
internal static class PrinterUpload
{
    private const int Block = 64 * 1024;

    /// <summary>Its content, with its length; read from the disk while it is sent.</summary>
    /// <param name="file">The file.</param>
    /// <param name="mediaType">What it is said to be.</param>
    public static HttpContent Of(PrintFile file, string mediaType = "application/octet-stream")
    {
        var content = new StreamContent(File.OpenRead(file.Path), Block);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return content;
    }
}
