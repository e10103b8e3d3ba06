using Dwapi.Grains.Printing;
using Dwapi.Grains.Settings;

namespace Dwapi.Grains.Ports;

/// <summary>Speaks to content servers of one kind (3DP-2).</summary>
public interface IContentServerAdapter
{
    /// <summary>The kind as <see cref="ContentServerOptions.Kind"/> names it.</summary>
    string Kind { get; }

    /// <summary>A token for listing and choosing; "" when the server needs none.</summary>
    /// <exception cref="ContentServerException">It could not be had.</exception>
    Task<ContentToken> Login(ContentServerOptions server, string printer, CancellationToken cancellationToken);

    /// <summary>Leave for one download, bound to printer and content.</summary>
    /// <exception cref="ContentServerException">It could not be had.</exception>
    Task<ContentDownload> Issue(ContentServerOptions server, ContentRequest request, CancellationToken cancellationToken);

    /// <summary>Ends a token.</summary>
    /// <exception cref="ContentServerException">The server could not be told.</exception>
    Task Revoke(ContentServerOptions server, string token, CancellationToken cancellationToken);
}
