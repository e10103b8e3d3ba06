using System.CommandLine;

namespace Dwapi.Edge.Commands;

/// <summary>The options that say where a command sends to; the same for replay and simulate.</summary>
internal sealed class ServerArguments
{
    private readonly Option<string> _to = new("--to")
    {
        Description = "Address of the server's plug-in link, ws://HOST:4035 or wss://HOST:4036.",
        Required = true,
    };

    private readonly Option<string?> _key = new("--key")
    {
        Description = "Key of the edge. Better in the environment variable DWAPI_EDGE_KEY: a command line can be read by others.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(Configuration.EdgeConfiguration.Prefix + "KEY"),
    };

    private readonly Option<string> _edgeId = new("--edge-id")
    {
        Description = "Name under which the edge is enrolled.",
        DefaultValueFactory = _ => "edge",
    };

    private readonly Option<string?> _outbox = new("--outbox")
    {
        Description = "File of the outbox; without it a temporary one, which is removed at the end.",
    };

    private readonly Option<string?> _thumbprint = new("--certificate-thumbprint")
    {
        Description = "SHA-256 thumbprint of a certificate that the server made itself.",
    };

    private readonly Option<string?> _certificate = new("--certificate")
    {
        Description = "PEM or DER file of the server's certificate or its issuer.",
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _to, _key, _edgeId, _outbox, _thumbprint, _certificate })
            command.Options.Add(option);
    }

    /// <summary>The settings they make.</summary>
    public EdgeOptions Read(ParseResult parsed) => new()
    {
        // What is no address stays away and is named by the check of the settings.
        Server = Uri.TryCreate(parsed.GetValue(_to), UriKind.Absolute, out var server) ? server : null,
        Key = parsed.GetValue(_key),
        EdgeId = parsed.GetValue(_edgeId)!,
        Outbox = parsed.GetValue(_outbox),
        CertificateThumbprint = parsed.GetValue(_thumbprint),
        CertificateFile = parsed.GetValue(_certificate),
    };
}
