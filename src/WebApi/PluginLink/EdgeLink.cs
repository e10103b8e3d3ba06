using Dwapi.Grains.Edges;

namespace Dwapi.WebApi.PluginLink;

/// <summary>What the edge grain reaches of a link (DECISIONS 21).</summary>
internal sealed class EdgeLink(LinkSession session) : IEdgeLink
{
    public Task<PluginAnswer> Call(PluginCall call) => session.CallAsync(call);

    public Task Close(int errorCode, string reason)
    {
        session.Fail(Dwapi.Gotapi.Errors.GotapiErrors.Of(errorCode), reason);
        return Task.CompletedTask;
    }
}
