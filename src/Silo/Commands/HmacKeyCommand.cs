using System.CommandLine;

namespace Dwapi.Silo.Commands;

/// <summary><c>hmac-key ORIGIN KEY</c>: hands an application's HMAC key to the server, as a launch URI would (DECISIONS 7).</summary>
internal static class HmacKeyCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var origin = new Argument<string>("ORIGIN") { Description = "Origin of the application, such as https://clinic.example" };
        var key = new Argument<string>("KEY") { Description = "Key as hex text; \"\" deletes the origin's key" };
        var url = ServerOption.Url();
        var data = ServerOption.Data();
        var tenant = ServerOption.Tenant();
        var json = ServerOption.Json();
        var command = new Command("hmac-key", "Gives the running server an application's key for server authentication") { origin, key, url, tenant, data, json };
        command.SetAction((parsed, cancellation) => CommandRun.Do(async () =>
        {
            using var client = await ManagementClient.Open(parsed.GetValue(url)!, parsed.GetValue(tenant), parsed.GetValue(data), cancellation);
            var name = parsed.GetValue(origin)!;
            await client.Post("api/v1/hmac-keys", new { origin = name, key = parsed.GetValue(key) }, cancellation);
            Console.WriteLine(parsed.GetValue(json) ? """{"result":0}""" : $"Answers to {name} now carry an hmac when they have a nonce.");
        }));
        return command;
    }
}
