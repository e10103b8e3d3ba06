using Dwapi.Grains.Applications;
using Dwapi.Grains.Tests.Runtime;

namespace Dwapi.Grains.Tests.Tenants;

public sealed class TenantTests : IAsyncLifetime
{
    private GrainHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await GrainHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Decision29_EnrolEdge_ReturnsTenantEdgeAndASecretOf256Bits()
    {
        var key = await _host.TenantGrain.EnrolEdge("gateway.3", "Ward 3");

        Assert.StartsWith("t.gateway.3.", key, StringComparison.Ordinal);
        Assert.Equal(32, System.Buffers.Text.Base64Url.DecodeFromChars(key.AsSpan(key.LastIndexOf('.') + 1)).Length);
    }

    [Fact]
    public async Task GetEdges_IsOrdered()
    {
        await _host.TenantGrain.EnrolEdge("b", "");
        await _host.TenantGrain.EnrolEdge("a", "");
        await _host.TenantGrain.EnrolEdge("b", "");

        Assert.Equal(["a", "b"], await _host.TenantGrain.GetEdges());
    }

    [Fact]
    public async Task RemoveEdge_OfAnUnknownOne_IsFalse()
    {
        Assert.False(await _host.TenantGrain.RemoveEdge("nobody"));
    }

    [Fact]
    public async Task GetPendingApprovals_IsOldestFirst()
    {
        await _host.TenantGrain.NoteApproval("1", Pending("1"));
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        await _host.TenantGrain.NoteApproval("0", Pending("0"));

        Assert.Equal(["1", "0"], (await _host.TenantGrain.GetPendingApprovals()).Select(pending => pending.ApprovalId));
    }

    [Fact]
    public async Task NoteApproval_BeyondTheBound_IsRefused()
    {
        for (var i = 0; i < Dwapi.Grains.Tenants.TenantGrain.MaximumPending; i++)
            Assert.True(await _host.TenantGrain.NoteApproval($"{i}", Pending($"{i}")));

        Assert.False(await _host.TenantGrain.NoteApproval("one more", Pending("one more")));
    }

    [Fact]
    public async Task NoteApproval_WhoseDeadlineIsOver_IsForgotten()
    {
        await _host.TenantGrain.NoteApproval("1", Pending("1"));

        _host.Clock.Advance(TimeSpan.FromSeconds(55));

        Assert.Empty(await _host.TenantGrain.GetPendingApprovals());
    }

    private PendingApproval Pending(string id) =>
        new(id, "client", GrainHost.Origin, "name", ["health"], _host.Clock.Now, _host.Clock.Now.AddSeconds(55));
}
