using Dwapi.Grains.Ports;
using Dwapi.Grains.Settings;

namespace Dwapi.Grains.Printing;

/// <summary>Content servers that everybody may read: there is no token.</summary>
internal sealed class OpenContentServers : IContentServerAdapter
{
    private static readonly ContentToken None = new("", null);

    public string Kind => "open";

    public Task<ContentToken> Login(ContentServerOptions server, string printer, CancellationToken cancellationToken) => Task.FromResult(None);

    public Task<ContentDownload> Issue(ContentServerOptions server, ContentRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new ContentDownload(new Uri(request.Uri), "", TokenInUrl: false));

    public Task Revoke(ContentServerOptions server, string token, CancellationToken cancellationToken) => Task.CompletedTask;
}
