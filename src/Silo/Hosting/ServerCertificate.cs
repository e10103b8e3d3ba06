using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dwapi.Grains.Settings;

namespace Dwapi.Silo.Hosting;

/// <summary>The certificate of the TLS addresses: the configured one, else a self-made one kept in the data directory (DECISIONS 31).</summary>
internal static class ServerCertificate
{
    private const string FileName = "tls.pfx";
    private static readonly TimeSpan Life = TimeSpan.FromDays(800);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    /// <summary>Loads the configured certificate, or loads or makes the self-made one.</summary>
    /// <exception cref="StartUpException">The configured certificate cannot be read.</exception>
    public static X509Certificate2 Load(DwapiOptions options, string dataDirectory, TimeProvider time)
    {
        if (options.CertificatePath is { Length: > 0 } path)
        {
            return LoadConfigured(path, options.CertificatePassword);
        }

        var file = Path.Combine(dataDirectory, FileName);
        if (File.Exists(file) && TryLoad(file) is { } kept && kept.NotAfter > time.GetUtcNow().UtcDateTime + RenewBefore)
        {
            return kept;
        }

        var pfx = Make(time.GetUtcNow());
        WritePrivate(file, pfx);
        return X509CertificateLoader.LoadPkcs12(pfx, null);
    }

    private static X509Certificate2 LoadConfigured(string path, string password)
    {
        try
        {
            return Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".pem" => OfPem(path, null),
                ".crt" => OfPem(path, Path.ChangeExtension(path, ".key")), // As Kubernetes mounts it.
                _ => X509CertificateLoader.LoadPkcs12FromFile(path, password),
            };
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartUpException($"The certificate {path} cannot be used ({e.Message}). Set Dwapi:CertificatePath to a PFX or PEM file with its private key, or to a .crt file with its .key beside it.");
        }
    }

    private static X509Certificate2 OfPem(string path, string? keyPath) =>
        X509CertificateLoader.LoadPkcs12(X509Certificate2.CreateFromPemFile(path, keyPath).Export(X509ContentType.Pfx), null);

    private static X509Certificate2? TryLoad(string file)
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12FromFile(file, null);
        }
        catch (CryptographicException)
        {
            return null; // A damaged self-made certificate is simply made anew.
        }
    }

    private static byte[] Make(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Dwapi on this machine", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now + Life);
        return certificate.Export(X509ContentType.Pfx);
    }

    private static void WritePrivate(string file, byte[] content)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(file, options);
        stream.Write(content);
    }
}
