using System.CommandLine;
using Dwapi.Silo.Hosting;

namespace Dwapi.Silo.Commands;

/// <summary>The command line: without a command the host runs, and every option is a setting of it.</summary>
internal static class SiloCommands
{
    /// <summary>Runs the command or the host.</summary>
    public static async Task<int> Run(string[] args)
    {
        var root = new RootCommand("Dwapi, a GotAPI 1.1 server. Without a command it serves; settings follow as options.")
        {
            TryCommand.Create(),
            EdgeCommand.Create(),
            HmacKeyCommand.Create(),
            PrinterCommand.Create(),
        };
        foreach (var setting in Settings())
        {
            root.Add(setting);
        }

        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction((parsed, _) => Serve(args, parsed));

        // The host listens to SIGINT and SIGTERM itself and ends in its own time.
        return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    /// <summary>Serves, unless a word was mistyped: a misspelt command must not start a server.</summary>
    private static async Task<int> Serve(string[] args, ParseResult parsed)
    {
        if (UnknownWord(parsed.UnmatchedTokens) is not { } word)
            return await SiloHost.Run(args);
        await Console.Error.WriteLineAsync($"dwapi: {word} is no command and no setting. Settings look like --Section:Name=VALUE; --help lists the commands.");
        return 1;
    }

    /// <summary>The first word that is neither a setting of ours that <c>--help</c> does not list nor the value of the one before it.</summary>
    private static string? UnknownWord(IReadOnlyList<string> words)
    {
        var value = false;
        foreach (var word in words)
        {
            var setting = word.StartsWith('-') || word.StartsWith('/') || word.Contains('=');
            if (!setting && !value)
                return word;
            value = setting && !word.Contains('=');
        }

        return null;
    }

    /// <summary>The usual settings, named here so that <c>--help</c> shows them; any other <c>--Section:Name=VALUE</c> works too.</summary>
    private static IEnumerable<Option<string>> Settings() =>
    [
        new("--urls") { Description = $"Addresses, separated by ';' [default: {Addresses.Default}]" },
        new("--environment") { Description = "Development (demo devices, loopback origins approved) or Production (closed)" },
        new("--Dwapi:DataDirectory") { Description = "Everything durable lies here" },
        new("--Dwapi:Roles") { Description = "silo, web or silo,web [default: silo,web]" },
        new("--Dwapi:Demo") { Description = "true or false: in-process edge with simulated devices [default: true in Development]" },
        new("--Dwapi:ClearTextBehindProxy") { Description = "true: plain HTTP off loopback, because a proxy in front ends TLS" },
    ];
}
