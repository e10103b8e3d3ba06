using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dwapi.Grains.Settings;
using Dwapi.Silo.Telemetry;
using Dwapi.Storage;
using Dwapi.WebApi.Management;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Dwapi.Silo.Hosting;

/// <summary>The composition root: configuration, roles, and every part in the order in which a measurement meets it.</summary>
public static partial class SiloHost
{
    /// <summary>Version of the server, as in every answer's <c>version</c>.</summary>
    public static string Version { get; } =
        typeof(SiloHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Builds the host from the command line; nothing has started yet.</summary>
    /// <exception cref="StartUpException">A setting is wrong.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            // A published host finds its settings beside the executable, wherever it is started from.
            ContentRootPath = File.Exists("appsettings.json") ? Directory.GetCurrentDirectory() : AppContext.BaseDirectory,
        });
        UnknownSettings.Refuse(builder.Configuration);
        var dataDirectory = DataDirectory.Resolve(builder.Configuration, builder.Environment);
        DataDirectory.Create(dataDirectory);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.PostConfigure<DwapiOptions>(options =>
        {
            options.DataDirectory = dataDirectory;
            options.Demo ??= builder.Environment.IsDevelopment();
        });

        // Run says in one line why the host did not start; the framework would print the stack of the same exception before it.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.UseDefaultAddresses();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https =>
            https.ServerCertificate = kestrel.ApplicationServices.GetRequiredService<TlsCertificate>().Value));
        builder.Services.AddSingleton<TlsCertificate>();

        builder.AddRoles();
        builder.Services.AddHostedService<Banner>();
        builder.Services.AddHostedService<DemoEdge>();
        builder.Services.AddHealth();
        builder.Services.AddMetricsPage();

        var app = builder.Build();
        app.MapRoles();
        app.MapHealth();
        app.MapMetricsPage();
        return app;
    }

    /// <summary>Runs a host until it is stopped.</summary>
    /// <returns>0, or 1 after one line on standard error that says why it did not start.</returns>
    public static async Task<int> Run(string[] args)
    {
        try
        {
            await using var app = Build(args);
            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (Explain(e) is { } line)
        {
            await Console.Error.WriteLineAsync("dwapi: " + line);
            return 1;
        }
    }

    // The framework's words around what an annotation found; a person needs the setting and what is wrong with it.
    [GeneratedRegex("^DataAnnotation validation failed for '([A-Za-z]+)Options' members: '([^']*)' with the error: '(.*)'\\.$")]
    private static partial Regex AnnotatedFailure();

    private static string? Explain(Exception e) => e switch
    {
        StartUpException => e.Message,
        DataDirectoryException or DatabaseException => e.Message,
        AdminTokenException => e.Message,
        OptionsValidationException invalid => string.Join(" ", invalid.Failures.Select(failure => AnnotatedFailure().Replace(failure, "$1:$2: $3"))),
        FormatException => $"{e.Message.TrimEnd('.')}. Addresses look like --urls \"http://127.0.0.1:4035;https://127.0.0.1:4036\".",
        InvalidOperationException { InnerException: FormatException or ArgumentException } => $"{e.Message.TrimEnd('.')}: {e.InnerException!.Message}",
        IOException { InnerException: AddressInUseException } => $"{e.Message} Another process has the port; choose others with --urls.",
        InvalidDataException { InnerException: JsonException or FormatException } => $"A settings file cannot be read: {e.InnerException!.Message}",
        _ => null,
    };
}
