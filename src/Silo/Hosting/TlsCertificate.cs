using System.Security.Cryptography.X509Certificates;
using Dwapi.Grains.Settings;
using Microsoft.Extensions.Options;

namespace Dwapi.Silo.Hosting;

/// <summary>The certificate in force, loaded or made when the first TLS address is bound.</summary>
internal sealed class TlsCertificate(IOptions<DwapiOptions> options, TimeProvider time)
{
    private readonly Lazy<X509Certificate2> _value = new(() => ServerCertificate.Load(options.Value, options.Value.DataDirectory, time));

    /// <summary>The certificate.</summary>
    public X509Certificate2 Value => _value.Value;
}
