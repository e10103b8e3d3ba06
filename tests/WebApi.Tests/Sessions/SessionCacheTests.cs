using Dwapi.Grains.Applications;
using Dwapi.WebApi.Sessions;
using Dwapi.WebApi.Tenants;
using Dwapi.WebApi.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Dwapi.WebApi.Tests.Sessions;

/// <summary>Sessions as a node knows them: fast, and at most SessionCacheTime stale.</summary>
public sealed class SessionCacheTests(SharedHost shared)
{
    [Fact]
    public async Task Open_KnownToken_AnswersFromTheCacheUntilItIsOld()
    {
        await using var host = await GotapiHost.Start(("Gotapi:SessionCacheTime", "00:00:01"));
        using var application = await Application.WithAccess(host);
        var cache = host.Services.GetRequiredService<SessionCache>();
        var first = await cache.Open(Default(host), application.Token.AsMemory());
        host.Clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Same(first, await cache.Open(Default(host), application.Token.AsMemory()));
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.NotSame(first, await cache.Open(Default(host), application.Token.AsMemory()));
    }

    [Fact]
    public async Task Open_CachedToken_CompletesAtOnce()
    {
        using var application = await Application.WithAccess(shared.Host);
        var cache = shared.Host.Services.GetRequiredService<SessionCache>();
        await cache.Open(Default(shared.Host), application.Token.AsMemory());
        Assert.True(cache.Open(Default(shared.Host), application.Token.AsMemory()).IsCompleted);
    }

    [Fact]
    public async Task Touch_UsedSession_IsToldAtMostOnceAMinute()
    {
        using var application = await Application.WithAccess(shared.Host);
        var session = await shared.Host.Services.GetRequiredService<SessionCache>().Ask(Default(shared.Host), application.ClientId);
        Assert.True(session!.ShouldTouch(1_000, 10));
        Assert.False(session.ShouldTouch(1_599, 10));
        Assert.True(session.ShouldTouch(1_600, 10));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nodot")]
    [InlineData(".secret")]
    [InlineData("client.")]
    [InlineData("cli ent.secret")]
    [InlineData("../client.secret")]
    public void TokenText_NoTokenOfOurs_IsNotLookedUp(string text) => Assert.False(TokenText.TryGetClientId(text, out _));

    [Fact]
    public void TokenText_TooLong_IsNotLookedUp() => Assert.False(TokenText.TryGetClientId("a." + new string('b', 300), out _));

    [Fact]
    public async Task IsToken_OneCharacterOff_IsFalseBeforeAndAfterTheRightOne()
    {
        using var application = await Application.WithAccess(shared.Host);
        var session = await shared.Host.Services.GetRequiredService<SessionCache>().Ask(Default(shared.Host), application.ClientId);
        var wrong = application.Token[..^1] + (application.Token[^1] == 'A' ? 'B' : 'A');
        Assert.False(session!.IsToken(wrong));
        Assert.True(session.IsToken(application.Token));
        Assert.False(session.IsToken(wrong));
        Assert.False(session.IsToken(application.Token + "x"));
        Assert.False(session.IsToken(new string('x', 4000)));
    }

    [Fact]
    public void ScopeCheck_OneOfTwoMatchingScopesIsAlive_Opens()
    {
        var now = DateTimeOffset.UnixEpoch;
        Assert.Null(ScopeCheck.Check([new GrantedScope("health", now), new GrantedScope("heart", now.AddSeconds(1))], ["health", "heart"], now));
        Assert.Equal(12, ScopeCheck.Check([new GrantedScope("health", now)], ["health", "heart"], now)?.Code);
        Assert.Equal(14, ScopeCheck.Check([new GrantedScope("light", now.AddSeconds(1))], ["health", "heart"], now)?.Code);
    }

    private static Tenant Default(GotapiHost host) => host.Services.GetRequiredService<TenantDirectory>().Default!;
}
