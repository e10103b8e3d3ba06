using System.Security.Cryptography;
using System.Text;
using Dwapi.Grains.Applications;
using Dwapi.Grains.Tests.Runtime;

namespace Dwapi.Grains.Tests.Applications;

public sealed class ApprovalTests
{
    [Fact]
    public async Task RequestAccess_ApprovedByTheOperator_GivesATokenWhoseHashAloneIsKept()
    {
        await using var host = await GrainHost.Start();
        var clientId = await host.Grant();
        var asked = host.Ask(clientId, "health", "light");
        var pending = await host.Pending(clientId);

        Assert.True(await host.Session(clientId).Decide(pending.ApprovalId, approve: true));
        var access = await asked;

        Assert.Equal(0, access.ErrorCode);
        Assert.StartsWith($"{clientId}.", access.Token, StringComparison.Ordinal);
        Assert.Equal(["health", "light"], access.Scopes.Select(scope => scope.Scope));
        Assert.All(access.Scopes, scope => Assert.Equal(host.Clock.Now.AddDays(180), scope.Expires));
        Assert.Equal(
            SHA256.HashData(Encoding.UTF8.GetBytes(access.Token)), (await host.Session(clientId).GetSession())!.TokenHash.ToArray());
        Assert.Empty(await host.TenantGrain.GetPendingApprovals());
    }

    [Fact]
    public async Task RequestAccess_ThatWaits_IsListedWithNameOriginAndScopes()
    {
        await using var host = await GrainHost.Start();
        var clientId = await host.Grant();
        _ = host.Ask(clientId, "health");

        var listed = (await Eventually.Is(() => host.TenantGrain.GetPendingApprovals(), pending => !pending.IsEmpty)).Single();

        Assert.True(listed is { ApplicationName: "Ward board", Origin: GrainHost.Origin });
        Assert.Equal(clientId, listed.ClientId);
        Assert.Equal(["health"], listed.Scopes);
        Assert.Equal(host.Clock.Now.AddSeconds(55), listed.Deadline);
    }

    [Fact]
    public async Task RequestAccess_DeniedByTheOperator_IsError11()
    {
        await using var host = await GrainHost.Start();
        var clientId = await host.Grant();
        var asked = host.Ask(clientId);
        var pending = await host.Pending(clientId);

        await host.Session(clientId).Decide(pending.ApprovalId, approve: false);

        Assert.Equal(("", 11), ((await asked).Token, (await asked).ErrorCode));
        Assert.False(await host.Session(clientId).Decide(pending.ApprovalId, approve: true));
    }

    [Fact]
    public async Task Decision09_RequestAccess_WithoutDecisionFor55Seconds_IsError7AndIsWithdrawn()
    {
        await using var host = await GrainHost.Start();
        var clientId = await host.Grant();
        var asked = host.Ask(clientId);
        var pending = await host.Pending(clientId);
        await host.Clock.IsAwaited(pending.Deadline);
        host.Clock.Advance(TimeSpan.FromSeconds(54));
        var early = await host.Session(clientId).GetPendingApproval();
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.NotNull(early);
        Assert.Equal(7, (await asked).ErrorCode);
        Assert.Empty(await host.TenantGrain.GetPendingApprovals());
        Assert.False(await host.Session(clientId).Decide(pending.ApprovalId, approve: true));
    }

    [Fact]
    public async Task Decision09_RequestAccess_ThatIsAborted_WithdrawsItsPendingApproval()
    {
        await using var host = await GrainHost.Start();
        var clientId = await host.Grant();
        using var abort = new CancellationTokenSource();
        var asked = host.Session(clientId).RequestAccess(new AccessRequest("x", ["health"]), abort.Token);
        var pending = await host.Pending(clientId);

        await abort.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await Eventually.Is(() => host.TenantGrain.GetPendingApprovals(), approvals => approvals.IsEmpty);
        Assert.False(await host.Session(clientId).Decide(pending.ApprovalId, approve: true));
        Assert.Empty((await host.Session(clientId).GetSession())!.Scopes);
    }

    [Fact]
    public async Task RequestAccess_RepeatedByTheSameClient_ReplacesItsPendingOne()
    {
        await using var host = await GrainHost.Start();
        var clientId = await host.Grant();
        var first = host.Ask(clientId, "health");
        var old = await host.Pending(clientId);

        var second = host.Ask(clientId, "light");

        Assert.Equal(7, (await first).ErrorCode);
        var pending = await host.Pending(clientId);
        Assert.Equal(["light"], pending.Scopes);
        Assert.False(await host.Session(clientId).Decide(old.ApprovalId, approve: true));
        await Eventually.Is(
            () => host.TenantGrain.GetPendingApprovals(), approvals => approvals.Select(a => a.ApprovalId).SequenceEqual([pending.ApprovalId]));
        Assert.True(await host.Session(clientId).Decide(pending.ApprovalId, approve: true));
        Assert.Equal(0, (await second).ErrorCode);
    }

    [Fact]
    public async Task Decision01_RequestAccess_OfANewGrant_DoesNotWaitBeyondItsLife()
    {
        await using var host = await GrainHost.Start();
        var clientId = await host.Grant();
        host.Clock.Jump(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(5));
        var asked = host.Ask(clientId);
        await host.Clock.IsAwaited((await host.Pending(clientId)).Deadline);

        host.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(7, (await asked).ErrorCode);
    }

    [Fact]
    public async Task RequestAccess_WhenTheServerStops_IsAnsweredAtOnceWithError17()
    {
        Task<AccessResult> asked;
        await using (var host = await GrainHost.Start())
        {
            var clientId = await host.Grant();
            asked = host.Ask(clientId);
            await host.Pending(clientId);
        }

        Assert.Equal(17, (await asked).ErrorCode);
    }

    [Fact]
    public async Task RequestAccess_OfAnUnknownClient_IsError11()
    {
        await using var host = await GrainHost.Start(ApprovedClient.Policy);

        Assert.Equal(11, (await host.Ask("nobody")).ErrorCode);
    }

    [Fact]
    public async Task RequestAccess_WhileTheClientIsRevoked_IsError11()
    {
        await using var host = await GrainHost.Start();
        var clientId = await host.Grant();
        var asked = host.Ask(clientId);
        await host.Pending(clientId);

        await host.Application().Revoke(clientId);

        Assert.Equal(11, (await asked).ErrorCode);
        Assert.Null(await host.Session(clientId).GetSession());
    }

    [Theory]
    [InlineData("all")]
    [InlineData("*")]
    public async Task Decision03_Wildcard_WithoutPolicy_IsRefusedAtOnceNamingTheSetting(string scope)
    {
        await using var host = await GrainHost.Start(ApprovedClient.Policy);
        var clientId = await host.Grant();

        var access = await host.Ask(clientId, scope);

        Assert.Equal(11, access.ErrorCode);
        Assert.Contains("Gotapi:Approvals:N:AllowWildcard", access.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decision03_Wildcard_WithPolicy_IsGrantedAsEverything()
    {
        await using var host = await GrainHost.Start([.. ApprovedClient.Policy, ("Gotapi:Approvals:0:AllowWildcard", "true")]);
        var clientId = await host.Grant();

        var access = await host.Ask(clientId, "all", "*");

        Assert.Equal(["*"], access.Scopes.Select(scope => scope.Scope));
    }

    [Fact]
    public async Task Decision03_Wildcard_AdmittedByAPolicyThatNamesNoScopes_WaitsForTheOperator()
    {
        await using var host = await GrainHost.Start(
            ("Gotapi:Approvals:0:Origins:0", GrainHost.Origin), ("Gotapi:Approvals:0:AllowWildcard", "true"));
        var clientId = await host.Grant();
        var asked = host.Ask(clientId, "all");

        var pending = await host.Pending(clientId);

        Assert.Equal(["*"], pending.Scopes);
        await host.Session(clientId).Decide(pending.ApprovalId, approve: true);
        Assert.Equal(["*"], (await asked).Scopes.Select(scope => scope.Scope));
    }

    [Fact]
    public async Task RequestAccess_Again_VoidsTheOldToken()
    {
        await using var host = await GrainHost.Start(ApprovedClient.Policy);
        var clientId = await host.Grant();
        var old = (await host.Ask(clientId)).Token;

        var token = (await host.Ask(clientId)).Token;

        var hash = (await host.Session(clientId).GetSession())!.TokenHash.ToArray();
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(token)), hash);
        Assert.NotEqual(old, token);
    }
}
