using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dwapi.Edge.Link;
using Dwapi.Edge.Tests.Support;

namespace Dwapi.Edge.Tests.Link;

public sealed class ServerTrustTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly X509Certificate2 _certificate = SelfMade();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Open_ThumbprintOfTheServer_IsTrusted(bool sha1)
    {
        await using var server = await LinkServer.StartAsync(_certificate);
        var thumbprint = _certificate.GetCertHashString(sha1 ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256);

        await using var connection = await LinkConnection.OpenAsync(
            Settings(server) with { CertificateThumbprint = thumbprint.ToLowerInvariant() }, Patience.Token);

        (await server.NextAsync()).Abort();
    }

    [Fact]
    public async Task Open_FileOfTheServersCertificate_IsTrusted()
    {
        await using var server = await LinkServer.StartAsync(_certificate);
        await File.WriteAllTextAsync(_folder["server.pem"], _certificate.ExportCertificatePem());

        await using var connection = await LinkConnection.OpenAsync(
            Settings(server) with { CertificateFile = _folder["server.pem"] }, Patience.Token);

        (await server.NextAsync()).Abort();
    }

    [Fact]
    public async Task Open_NothingSaid_ASelfMadeCertificateIsNotTrusted()
    {
        await using var server = await LinkServer.StartAsync(_certificate);

        var refusal = await Assert.ThrowsAsync<LinkException>(() => LinkConnection.OpenAsync(Settings(server), Patience.Token));

        Assert.Contains("its certificate is not trusted", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("certificateThumbprint", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ThumbprintOfAnother_IsNotTrusted()
    {
        await using var server = await LinkServer.StartAsync(_certificate);
        using var other = SelfMade();

        await Assert.ThrowsAsync<LinkException>(() => LinkConnection.OpenAsync(
            Settings(server) with { CertificateThumbprint = other.GetCertHashString(HashAlgorithmName.SHA256) }, Patience.Token));
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _folder.Dispose();
    }

    private static LinkSettings Settings(LinkServer server) => new() { Server = server.Address, EdgeId = "e", Key = "k" };

    private static X509Certificate2 SelfMade()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Dwapi test", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
