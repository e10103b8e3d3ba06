using System.Security.Cryptography;
using System.Text;
using Dwapi.WebApi.PluginLink;

namespace Dwapi.WebApi.Tests.PluginLink;

public sealed class PluginKeyTests
{
    [Fact]
    public void TryParse_AKey_GivesTenantEdgeAndHash()
    {
        Assert.True(PluginKey.TryParse("clinic.ward-3.s3cret", out var key));

        Assert.Equal("clinic", key.Tenant);
        Assert.Equal("ward-3", key.EdgeId);
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes("clinic.ward-3.s3cret")), key.Hash.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("clinic")]
    [InlineData("clinic.secret")]
    [InlineData("clinic..secret")]
    [InlineData(".ward.secret")]
    [InlineData("clinic.ward.")]
    [InlineData("clinic/other.ward.secret")]
    [InlineData("clinic.../secret.x")]
    public void TryParse_AnythingElse_IsNoKey(string text) => Assert.False(PluginKey.TryParse(text, out _));
}
