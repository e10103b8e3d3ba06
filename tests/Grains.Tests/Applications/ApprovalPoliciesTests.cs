using Dwapi.Grains.Applications;
using Dwapi.Grains.Settings;

namespace Dwapi.Grains.Tests.Applications;

public sealed class ApprovalPoliciesTests
{
    [Theory]
    [InlineData("http://localhost", true)]
    [InlineData("http://localhost:8080", true)]
    [InlineData("https://127.0.0.1:4036", true)]
    [InlineData("http://127.9.9.9", true)]
    [InlineData("http://[::1]:3000", true)]
    [InlineData("http://localhost.evil.example", false)]
    [InlineData("http://127.0.0.1.evil.example", false)]
    [InlineData("https://clinic.example", false)]
    [InlineData("ftp://localhost", false)]
    [InlineData("localhost", false)]
    [InlineData("com.example.app", false)]
    [InlineData("null", false)]
    [InlineData("loopback", false)]
    public void Judge_LoopbackPolicy_IsForHttpOriginsOfThisMachineOnly(string origin, bool approved)
    {
        var policies = Policies(new ApprovalPolicy { Origins = { "loopback" }, Scopes = { "*" } });

        Assert.Equal(approved ? AccessVerdict.Approve : AccessVerdict.Ask, policies.Judge(origin, ["health"]));
    }

    [Fact]
    public void Judge_ScopeOutsideThePolicy_AsksTheOperator()
    {
        var policies = Policies(new ApprovalPolicy { Origins = { "https://a.example" }, Scopes = { "health" } });

        Assert.Equal(AccessVerdict.Approve, policies.Judge("https://a.example", ["health"]));
        Assert.Equal(AccessVerdict.Ask, policies.Judge("https://a.example", ["health", "light"]));
    }

    [Fact]
    public void Judge_TwoPoliciesOfAnOrigin_ApproveTogether()
    {
        var policies = Policies(
            new ApprovalPolicy { Origins = { "https://a.example" }, Scopes = { "health" } },
            new ApprovalPolicy { Origins = { "https://a.example" }, Scopes = { "light" } });

        Assert.Equal(AccessVerdict.Approve, policies.Judge("https://a.example", ["health", "light"]));
    }

    [Fact]
    public void Judge_WithoutPolicies_AsksTheOperator()
    {
        Assert.Equal(AccessVerdict.Ask, Policies().Judge("https://a.example", ["health"]));
    }

    [Fact]
    public void Decision03_Judge_WildcardPolicyOfAnotherOrigin_DoesNotCount()
    {
        var policies = Policies(new ApprovalPolicy { Origins = { "https://a.example" }, Scopes = { "*" }, AllowWildcard = true });

        Assert.Equal(AccessVerdict.Approve, policies.Judge("https://a.example", ["*"]));
        Assert.Equal(AccessVerdict.WildcardNotAllowed, policies.Judge("https://b.example", ["*"]));
    }

    private static ApprovalPolicies Policies(params ApprovalPolicy[] policies)
    {
        var options = new GotapiOptions();
        foreach (var policy in policies)
            options.Approvals.Add(policy);
        return ApprovalPolicies.Of(TenantKey.DefaultTenant, new TenancyOptions(), options);
    }
}
