using System.CommandLine;
using System.Text.Json;

namespace Dwapi.Silo.Commands;

/// <summary>
/// <c>try</c>: what an application does first: grant, accessToken, serviceDiscovery and a one-shot of each device. Prints the
/// measurements, never the token (DECISIONS 39).
/// </summary>
internal static class TryCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var url = ServerOption.Url();
        var json = ServerOption.Json();
        var tenant = ServerOption.Tenant();
        var wait = new Option<int>("--wait")
        {
            Description = "Seconds to wait for the server and for first results",
            DefaultValueFactory = static _ => 10,
        };
        var command = new Command("try", "Asks a running server for its devices and their latest measurements, as an application would") { url, tenant, wait, json };
        command.SetAction((parsed, cancellation) => CommandRun.Do(async () =>
        {
            using var client = new GotapiClient(
                ServerOption.AddressOf(parsed.GetValue(url)!, parsed.GetValue(tenant)), TimeSpan.FromSeconds(parsed.GetValue(wait)));
            await client.Authorize(cancellation);
            var results = await client.OneShotOfEverything(cancellation);
            Print(results, parsed.GetValue(json));
        }));
        return command;
    }

    private static void Print(IReadOnlyList<OneShotResult> results, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { services = results.Select(static r => new { r.ServiceId, r.Name, r.Attribute, r.Answer }) },
                JsonSerializerOptions.Web));
            return;
        }

        foreach (var result in results)
        {
            Console.WriteLine($"{result.Name} ({result.ServiceId}), /gotapi/health/{result.Attribute}");
            foreach (var (name, text) in result.Quantities())
            {
                Console.WriteLine($"  {name,-18} {text}");
            }
        }
    }
}
