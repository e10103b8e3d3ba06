using Dwapi.Grains.Hosting;
using Dwapi.Grains.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dwapi.Grains.Tests.Hosting;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("Gotapi:ApprovalTimeout", "00:01:30", "ApprovalTimeout")]
    [InlineData("Gotapi:PluginTimeout", "00:00:00", "PluginTimeout")]
    [InlineData("Gotapi:ClientsPerOrigin", "0", "ClientsPerOrigin")]
    [InlineData("Gotapi:SessionCacheTime", "00:00:03", "SessionCacheTime")]
    [InlineData("Gotapi:MonitorGrace", "-00:00:01", "Gotapi:MonitorGrace")]
    [InlineData("Gotapi:Approvals:0:Scopes:0", "health", "Gotapi:Approvals:0:Origins")]
    public void Validate_AWrongGotapiSetting_IsNamed(string key, string value, string named)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Options<GotapiOptions>((key, value)));

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Dwapi:Roles", "silos", "Dwapi:Roles")]
    [InlineData("Dwapi:Store", "cloud", "Dwapi:Store")]
    public void Validate_AWrongDwapiSetting_IsNamed(string key, string value, string named)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Options<DwapiOptions>((key, value)));

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_AreThoseOfTheDecisions()
    {
        var options = Options<GotapiOptions>();

        Assert.Equal(100, options.ClientsPerOrigin);
        Assert.Equal(TimeSpan.FromMinutes(10), options.UnapprovedLifetime);
        Assert.Equal(TimeSpan.FromDays(30), options.UnusedLifetime);
        Assert.Equal(TimeSpan.FromSeconds(55), options.ApprovalTimeout);
        Assert.Equal(TimeSpan.FromSeconds(60), options.MonitorGrace);
        Assert.False(options.OneClientPerOrigin);
        Assert.Empty(options.Approvals);
    }

    [Fact]
    public void Approvals_AreBoundFromConfiguration()
    {
        var options = Options<GotapiOptions>(
            ("Gotapi:Approvals:0:Origins:0", "loopback"), ("Gotapi:Approvals:0:Scopes:0", "*"), ("Gotapi:Approvals:0:AllowWildcard", "true"));

        var policy = Assert.Single(options.Approvals);
        Assert.True(policy.AllowWildcard);
        Assert.Equal(["loopback"], policy.Origins);
    }

    private static T Options<T>(params (string Key, string Value)[] settings)
        where T : class
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value))
            .Build();
        using var services = new ServiceCollection().AddDwapiGrains(configuration).BuildServiceProvider();
        return services.GetRequiredService<IOptions<T>>().Value;
    }
}
