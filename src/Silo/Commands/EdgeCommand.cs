using System.CommandLine;

namespace Dwapi.Silo.Commands;

/// <summary><c>edge add NAME</c>: enrols an edge at the running server and shows its key once.</summary>
internal static class EdgeCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "Id and display name of the edge: 1 to 64 letters, digits, '_' and '-'" };
        var url = ServerOption.Url();
        var json = ServerOption.Json();
        var tenant = ServerOption.Tenant();
        var data = ServerOption.Data();
        var add = new Command("add", "Adds an edge and prints its key, which is shown only once") { name, url, tenant, data, json };
        add.SetAction((parsed, cancellation) => CommandRun.Do(async () =>
        {
            using var client = await ManagementClient.Open(parsed.GetValue(url)!, parsed.GetValue(tenant), parsed.GetValue(data), cancellation);
            var edge = parsed.GetValue(name)!;
            var answer = await client.Post("api/v1/edges", new { edgeId = edge, name = edge }, cancellation);
            Console.WriteLine(parsed.GetValue(json)
                ? answer.GetRawText()
                : $"Edge '{edge}' is enrolled. Its key, shown only once:\n{answer.GetProperty("key").GetString()}");
        }));
        return new Command("edge", "Edges that may report to the running server") { add };
    }
}
