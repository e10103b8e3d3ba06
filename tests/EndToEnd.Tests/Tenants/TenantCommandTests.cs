using Dwapi.Silo.Commands;

namespace Dwapi.EndToEnd.Tests.Tenants;

/// <summary>The commands reach a tenant by its name, or by an address that stands for it.</summary>
public sealed class TenantCommandTests(TwoTenants tenants) : IClassFixture<TwoTenants>
{
    [Fact]
    public async Task EdgeAdd_WithTenant_EnrolsThere()
    {
        Assert.Equal(0, await Run("edge", "add", "cellar", "--tenant", TwoTenants.North));

        using var north = tenants.Management(TwoTenants.North);
        using var south = tenants.Management(TwoTenants.South);
        Assert.Contains("cellar", await north.GetStringAsync("api/v1/edges", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain("cellar", await south.GetStringAsync("api/v1/edges", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HmacKey_AtTheTenantsAddress_IsThatTenants()
    {
        const string Origin = "https://by-command.example";
        Assert.Equal(0, await Run("hmac-key", Origin, "00112233445566778899aabbccddeeff", "--url", tenants.AddressOf(TwoTenants.South).ToString()));

        using var south = await tenants.Application(TwoTenants.South, Origin, access: false);
        using var north = await tenants.Application(TwoTenants.North, Origin, access: false);
        Assert.True((await south.Expect("GET", "/gotapi/availability?nonce=0011")).TryGetProperty("hmac", out _));
        Assert.False((await north.Expect("GET", "/gotapi/availability?nonce=0011")).TryGetProperty("hmac", out _));
    }

    [Fact]
    public async Task AnyCommand_ForATenantThatIsNotThere_Fails() =>
        Assert.Equal(1, await Run("edge", "add", "cellar", "--tenant", "west"));

    [Fact]
    public async Task TryIt_WithTenant_AsksThatTenant()
    {
        using var client = new GotapiClient(ServerOption.AddressOf(tenants.Url, "west"), TimeSpan.FromSeconds(5));

        var refusal = await Assert.ThrowsAsync<CommandException>(() => client.Authorize(TestContext.Current.CancellationToken));
        Assert.Contains("no tenant of that name", refusal.Message, StringComparison.Ordinal);
    }

    // The default address of --url is not this host's.
    private Task<int> Run(params string[] arguments) => SiloCommands.Run(
        arguments.Contains("--url") ? [.. arguments, "--data", tenants.DataDirectory] : [.. arguments, "--url", tenants.Url.ToString(), "--data", tenants.DataDirectory]);
}
