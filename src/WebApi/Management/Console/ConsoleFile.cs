using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Dwapi.WebApi.Management.Console;

/// <summary>One file of the console, ready to send.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Tag">Its ETag, so that a browser asks but does not load again.</param>
internal sealed record ConsoleFile(byte[] Content, string ContentType, EntityTagHeaderValue Tag)
{
    private const string Folder = "wwwroot.";

    /// <summary>All files under wwwroot, by name.</summary>
    public static IReadOnlyDictionary<string, ConsoleFile> LoadAll()
    {
        var assembly = typeof(ConsoleFile).Assembly;
        var files = new Dictionary<string, ConsoleFile>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            var at = resource.IndexOf(Folder, StringComparison.Ordinal);
            if (at >= 0)
            {
                using var stream = assembly.GetManifestResourceStream(resource)!;
                var content = new byte[stream.Length];
                stream.ReadExactly(content);
                var name = resource[(at + Folder.Length)..];
                files[name] = new ConsoleFile(content, TypeOf(name), TagOf(content));
            }
        }

        return files;
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };

    private static EntityTagHeaderValue TagOf(byte[] content) =>
        new($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8))}\"");
}
