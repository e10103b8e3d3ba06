using System.Collections.Immutable;
using Dwapi.Grains.Applications;

namespace Dwapi.Grains.Tests.Runtime;

/// <summary>Ways to a client.</summary>
internal static class ApprovedClient
{
    /// <summary>Settings under which <see cref="GrainHost.Origin"/> is approved by a policy for every named scope.</summary>
    public static readonly (string, string)[] Policy = [("Gotapi:Approvals:0:Origins:0", GrainHost.Origin), ("Gotapi:Approvals:0:Scopes:0", "*")];

    public static async Task<string> Grant(this GrainHost host, string origin = GrainHost.Origin, string address = "10.0.0.1")
    {
        var grant = await host.Application(origin).Grant(new GrantRequest(address));
        Assert.Equal(0, grant.ErrorCode);
        return grant.ClientId;
    }

    public static Task<AccessResult> Ask(this GrainHost host, string clientId, params ImmutableArray<string> scopes) =>
        host.Session(clientId).RequestAccess(new AccessRequest("Ward board", scopes.IsEmpty ? ["health"] : scopes), CancellationToken.None);

    /// <summary>A client that a policy approved.</summary>
    public static async Task<string> Approved(this GrainHost host)
    {
        var clientId = await host.Grant();
        Assert.Equal(0, (await host.Ask(clientId)).ErrorCode);
        return clientId;
    }

    public static async Task<(ProbeSocket Socket, AttachResult Result)> Attach(this GrainHost host, string clientId, string socketId)
    {
        var socket = new ProbeSocket();
        return (socket, await host.Session(clientId).Attach(host.Client.CreateObjectReference<ISessionSocket>(socket), socketId));
    }

    /// <summary>The request of a client that waits for an operator.</summary>
    public static async Task<PendingApproval> Pending(this GrainHost host, string clientId) =>
        (await Eventually.Is(() => host.Session(clientId).GetPendingApproval(), pending => pending is not null))!;
}
