using System.Net.Http.Headers;
using Dwapi.Edge.Printers.PrusaLink;

namespace Dwapi.Edge.Tests.Printers;

/// <summary>RFC 7616 with its own examples (3.9.1).</summary>
public sealed class DigestChallengeTests
{
    private const string Cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    private const string Example = "realm=\"http-auth@example.org\", qop=\"auth, auth-int\", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";

    [Theory]
    [InlineData("MD5", "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    public void Answer_OfTheExample_IsTheOneOfTheText(string algorithm, string expected)
    {
        var answer = Of($"{Example}, algorithm={algorithm}")!.Answer("GET", "/dir/index.html", "Mufasa", "Circle of Life");

        Assert.Contains($"response=\"{expected}\"", answer, StringComparison.Ordinal);
        Assert.Contains($"algorithm={algorithm}, qop=auth, nc=00000001", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Circle", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_CountsTheNonceOn()
    {
        var challenge = Of(Example)!;
        challenge.Answer("GET", "/", "u", "p");

        Assert.Contains("nc=00000002", challenge.Answer("GET", "/", "u", "p"), StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_WithoutQop_IsOfRfc2069()
    {
        // RFC 2617 3.5 without qop: H(H(Mufasa:testrealm@host.com:Circle Of Life):nonce:H(GET:/dir/index.html)).
        var answer = Of("realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"")!.Answer("GET", "/dir/index.html", "Mufasa", "Circle Of Life");

        Assert.Contains("response=\"670fd8c2df070c60b045671b8b24ff02\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("cnonce", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_SeveralChallenges_TakesTheStrongestThatItKnows()
    {
        var offered = new[]
        {
            new AuthenticationHeaderValue("Basic", "realm=\"x\""),
            new AuthenticationHeaderValue("Digest", $"{Example}, algorithm=SHA-512-256"),
            new AuthenticationHeaderValue("Digest", $"{Example}, algorithm=MD5"),
            new AuthenticationHeaderValue("Digest", $"{Example}, algorithm=SHA-256, stale=TRUE"),
        };

        var challenge = DigestChallenge.Of(offered, Cnonce)!;

        Assert.True(challenge is { IsSha256: true, IsStale: true });
    }

    [Theory]
    [InlineData("")]
    [InlineData("realm=\"x\"")]
    [InlineData("realm=\"x\", nonce=\"n\", qop=\"auth-int\"")]
    [InlineData("realm=\"x\", nonce=\"n\", algorithm=ROT13")]
    [InlineData("nonce=\"")]
    [InlineData("=,=,\"\\")]
    public void Of_WhatCannotBeAnswered_IsNothing(string challenge) => Assert.Null(Of(challenge));

    private static DigestChallenge? Of(string parameters) => DigestChallenge.Of([new AuthenticationHeaderValue("Digest", parameters)], Cnonce);
}
