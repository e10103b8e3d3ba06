using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Dwapi.Edge.Link;

/// <summary>
/// Whether the server's certificate is trusted: by the system, or because the operator named it. A server that made its own
/// certificate is trusted by nothing but its name.
/// </summary>
internal static class ServerTrust
{
    /// <summary>The check for a connection, or null to leave it to the system.</summary>
    /// <exception cref="LinkException">The certificate file cannot be read.</exception>
    public static RemoteCertificateValidationCallback? For(LinkSettings settings)
    {
        if (settings.CertificateThumbprint is { } thumbprint)
            return ByThumbprint(thumbprint);

        if (settings.CertificateFile is not { } file)
            return null;
        try
        {
            var trusted = X509CertificateLoader.LoadCertificateFromFile(file);
            return (_, certificate, chain, errors) => errors == SslPolicyErrors.None || IsTrusted(certificate, chain, errors, trusted);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new LinkException($"The certificate file {file} cannot be read: {e.Message}", e) { Refused = true };
        }
    }

    /// <summary>The check that also takes the one certificate of a thumbprint.</summary>
    public static RemoteCertificateValidationCallback ByThumbprint(string thumbprint)
    {
        var wanted = Normalize(thumbprint);
        return (_, certificate, _, errors) => errors == SslPolicyErrors.None || HasThumbprint(certificate, wanted);
    }

    /// <summary>A thumbprint without its separators, in upper case.</summary>
    public static string Normalize(string thumbprint) =>
        thumbprint.Replace(":", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>True for the hex digits of a SHA-1 or SHA-256 thumbprint.</summary>
    public static bool IsThumbprint(string thumbprint) =>
        Normalize(thumbprint) is { Length: 40 or 64 } digits && digits.All(char.IsAsciiHexDigit);

    private static bool HasThumbprint(X509Certificate? certificate, string wanted) => certificate is not null
        && certificate.GetCertHashString(wanted.Length == 40 ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256) == wanted;

    private static bool IsTrusted(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, X509Certificate2 trusted)
    {
        if (certificate is null)
            return false;
        if (certificate.GetRawCertData().AsSpan().SequenceEqual(trusted.RawDataMemory.Span))
            return true;

        // An issuer vouches for the names in the certificate, so the name has to be right; the certificate itself needs no name.
        if (chain is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return false;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(trusted);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(new X509Certificate2(certificate));
    }
}
