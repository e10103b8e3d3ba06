using System.CommandLine;
using System.Text.Json;

namespace Dwapi.Silo.Commands;

/// <summary><c>printer stop PRINTER JOB</c>: stops a print job at the running server, by force if its edge does not answer.</summary>
internal static class PrinterCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var printer = new Argument<string>("PRINTER") { Description = "Service id of the printer" };
        var job = new Argument<string>("JOB") { Description = "Id of the job" };
        var force = new Option<bool>("--force") { Description = "End it now, whatever its edge does; the bed has to be confirmed afterwards" };
        var url = ServerOption.Url();
        var tenant = ServerOption.Tenant();
        var data = ServerOption.Data();
        var stop = new Command("stop", "Stops a print job") { printer, job, force, url, tenant, data };
        stop.SetAction((parsed, cancellation) => CommandRun.Do(async () =>
        {
            using var client = await ManagementClient.Open(parsed.GetValue(url)!, parsed.GetValue(tenant), parsed.GetValue(data), cancellation);
            var path = $"api/v1/printers/{Uri.EscapeDataString(parsed.GetValue(printer)!)}/jobs/{Uri.EscapeDataString(parsed.GetValue(job)!)}";
            var answer = await client.Send(
                HttpMethod.Delete, parsed.GetValue(force) ? path + "?force=true" : path, new { }, cancellation);
            Console.WriteLine(answer.ValueKind == JsonValueKind.Object
                ? answer.GetProperty("message").GetString()
                : "The job is told to stop. If it stays so because its edge does not answer, --force ends it.");
        }));
        return new Command("printer", "Print jobs at the running server") { stop };
    }
}
