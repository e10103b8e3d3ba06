using System.CommandLine;
using Dwapi.Grains;
using Dwapi.Silo.Hosting;

namespace Dwapi.Silo.Commands;

/// <summary>Options that the commands share: where the server is, and output for programs.</summary>
internal static class ServerOption
{
    /// <summary><c>--url</c>.</summary>
    public static Option<Uri?> Url() => new("--url")
    {
        Description = "Address of the running server",
        CustomParser = static result =>
        {
            if (Uri.TryCreate(result.Tokens[^1].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            {
                return url;
            }

            result.AddError("--url takes an address such as http://127.0.0.1:4035.");
            return null;
        },
        DefaultValueFactory = static _ => new Uri(Addresses.Default.Split(';')[0]),
    };

    /// <summary><c>--tenant</c>.</summary>
    public static Option<string?> Tenant()
    {
        var option = new Option<string?>("--tenant") { Description = "Tenant of the server [default: the one that the address stands for]" };
        option.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && !TenantKey.IsName(result.Tokens[^1].Value))
            {
                result.AddError("--tenant takes a name of a-z, 0-9 and -, as under Tenancy:Tenants.");
            }
        });
        return option;
    }

    /// <summary>Where a tenant of the server is reached; ends with a slash, so that paths behind it are relative.</summary>
    public static Uri AddressOf(Uri url, string? tenant)
    {
        var root = url.AbsoluteUri.TrimEnd('/') + "/";
        return new Uri(tenant is null ? root : $"{root}t/{tenant}/");
    }

    /// <summary><c>--json</c>.</summary>
    public static Option<bool> Json() => new("--json") { Description = "One JSON object instead of text" };

    /// <summary><c>--data</c>: where the server's admin.token lies.</summary>
    public static Option<string?> Data() => new("--data")
    {
        Description = "The server's data directory with its admin.token [default: where the server puts it]",
    };
}
