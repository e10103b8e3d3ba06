using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dwapi.ContentServer;

/// <summary>The content server as a process of its own: a folder of models, behind a proxy that ends TLS or on loopback.</summary>
internal static class ContentServerProgram
{
    private const string Usage =
        "dwapi-content-server --urls http://127.0.0.1:PORT --ContentServer:Folder=FOLDER --ContentServer:ClientId=NAME --ContentServer:ClientSecret=SECRET";

    /// <summary>Serves until it is stopped.</summary>
    /// <returns>0, or 1 after one line on standard error that says why it did not start.</returns>
    public static async Task<int> Run(string[] args)
    {
        if (args.Any(argument => argument is "--help" or "-h" or "-?"))
        {
            await Console.Out.WriteLineAsync($"Serves the models of a folder to printers and people: GotAPI content server with login, tokens, ranges and digests.\n\nusage: {Usage}\n\nThe secret may also come as environment variable ContentServer__ClientSecret.");
            return 0;
        }

        // Its settings are its own, not those of whatever lies where it was started.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var settings = builder.Configuration.GetSection("ContentServer");
        if (settings["Folder"] is not { Length: > 0 } folder || settings["ClientId"] is not { Length: > 0 } id || settings["ClientSecret"] is not { Length: > 0 } secret)
            return await Explain($"Folder, ClientId and ClientSecret are needed: {Usage}. The secret may also come as environment variable ContentServer__ClientSecret.");
        try
        {
            builder.Services.AddContentServer(new ContentServerLogin(id, secret), folder);
            await using var app = builder.Build();
            app.MapContentServer();
            await app.StartAsync();
            await Console.Out.WriteLineAsync($"dwapi-content-server: {folder} at {string.Join(", ", app.Urls)}{ContentServerExtensions.Path}/");
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or AddressInUseException or SocketException or FormatException)
        {
            return await Explain($"{e.Message} {Usage}");
        }
    }

    private static async Task<int> Explain(string line)
    {
        await Console.Error.WriteLineAsync("dwapi-content-server: " + line);
        return 1;
    }
}
