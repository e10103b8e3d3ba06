using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Printing;
using Dwapi.Grains;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Printing;
using Dwapi.WebApi.Gotapi;
using Dwapi.WebApi.Management.Devices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dwapi.WebApi.Management.Printers;

/// <summary>Printers and their queues: bed, hold, order, priority, pause, stop.</summary>
internal static class PrinterRoutes
{
    private const int MostDevices = 1000;

    public static void MapPrinters(this RouteGroupBuilder api)
    {
        var printers = api.MapGroup("/printers").WithTags("Printers");
        printers.MapGet("", List).WithSummary("All printers with their queues.");
        printers.MapPatch("/{serviceId}", Change).WithSummary("Confirms that the bed was cleared, or says that the printer clears it itself.");
        printers.MapPatch("/{serviceId}/jobs/{jobId}", ChangeJob).WithSummary("Holds a job or lets it go, moves it, sets its priority, pauses its print.");
        printers.MapDelete("/{serviceId}/jobs/{jobId}", Stop).WithSummary("Stops a job; with force=true it ends at once, whatever its edge does.");
    }

    private static async Task<Ok<PrinterStatusView[]>> List(
        HttpContext context, IGrainFactory grains, DeviceDirectory devices, ITenantResolver tenants)
    {
        var tenant = tenants.Resolve(context);
        var views = new List<PrinterStatusView>();
        for (var cursor = ""; ;)
        {
            var (services, next) = await devices.GetPage(tenant, cursor, MostDevices, context.RequestAborted);
            foreach (var service in services.Where(service => OfferedProfiles.Find(service, PrintingProfile.Name) is not null))
            {
                var view = await grains.GetGrain<IPrinterGrain>(TenantKey.Of(tenant, service.ServiceId)).GetView();
                views.Add(new PrinterStatusView(
                    service.ServiceId, service.Name, service.Online, view.JobId, view.BedCleared, view.ClearsItself, new RawJson(view.Queue, Members: false)));
            }

            if (next.Length == 0)
            {
                return TypedResults.Ok(views.ToArray());
            }

            cursor = next;
        }
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Change(
        string serviceId, PrinterChange change, HttpContext context, IGrainFactory grains, ITenantResolver tenants)
    {
        var tenant = tenants.Resolve(context);
        if (!await IsPrinter(grains, tenant, serviceId))
        {
            return UnknownPrinter();
        }

        var arrangements = new List<PrinterArrangement>();
        if (change.ClearsItself is { } clears)
        {
            arrangements.Add(new PrinterArrangement(PrinterArrangementKind.ClearsItself, "", clears ? 1 : 0));
        }

        if (change.BedCleared is true)
        {
            arrangements.Add(new PrinterArrangement(PrinterArrangementKind.BedCleared, "", 1));
        }

        return await Arrange(grains, tenant, serviceId, arrangements);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangeJob(
        string serviceId, string jobId, PrintJobChange change, HttpContext context, IGrainFactory grains, ITenantResolver tenants)
    {
        var tenant = tenants.Resolve(context);
        if (!await IsPrinter(grains, tenant, serviceId))
        {
            return UnknownPrinter();
        }

        if (change.Priority is < 0 or > 9 || change.Order is < 1)
        {
            return Problems.BadRequest("priority is 0 to 9, order is 1 or more.");
        }

        var arrangements = new List<PrinterArrangement>();
        if (change.Priority is { } priority)
        {
            arrangements.Add(new PrinterArrangement(PrinterArrangementKind.Prioritize, jobId, priority));
        }

        if (change.Order is { } order)
        {
            arrangements.Add(new PrinterArrangement(PrinterArrangementKind.Move, jobId, order));
        }

        if (change.Held is { } held)
        {
            arrangements.Add(new PrinterArrangement(PrinterArrangementKind.Hold, jobId, held ? 1 : 0));
        }

        var result = await Arrange(grains, tenant, serviceId, arrangements);
        if (change.Paused is not { } paused || result.Result is not NoContent)
        {
            return result;
        }

        return ServiceIdRule.IsValid(jobId)
            ? Of(await grains.GetGrain<IPrintJobGrain>(TenantKey.Of(tenant, jobId)).Pause(serviceId, paused))
            : UnknownJob();
    }

    private static async Task<Results<NoContent, Ok<PrintJobEnd>, ProblemHttpResult>> Stop(
        string serviceId, string jobId, HttpContext context, IGrainFactory grains, ITenantResolver tenants, bool force = false)
    {
        var tenant = tenants.Resolve(context);
        if (!await IsPrinter(grains, tenant, serviceId))
        {
            return UnknownPrinter();
        }

        if (!ServiceIdRule.IsValid(jobId))
        {
            return UnknownJob();
        }

        var job = grains.GetGrain<IPrintJobGrain>(TenantKey.Of(tenant, jobId));
        var answer = await (force ? job.Force(serviceId) : job.Cancel(serviceId, ""));
        if (answer.ErrorCode != 0)
        {
            return Problems.Conflict(answer.ErrorMessage);
        }

        var printer = await grains.GetGrain<IPrinterGrain>(TenantKey.Of(tenant, serviceId)).GetView();
        return force
            ? TypedResults.Ok(new PrintJobEnd(printer.BedCleared
                ? "The job has ended. Nothing of it was at the printer."
                : "The job has ended, and the printer is free for the next one once its bed is confirmed. "
                    + "Look at the printer: it may still print; stop it there, take the part off, then confirm."))
            : TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Arrange(
        IGrainFactory grains, string tenant, string serviceId, List<PrinterArrangement> arrangements)
    {
        var printer = grains.GetGrain<IPrinterGrain>(TenantKey.Of(tenant, serviceId));
        foreach (var arrangement in arrangements)
        {
            if (await printer.Arrange(arrangement) is { ErrorCode: not 0 } refused)
            {
                return Problems.Conflict(refused.ErrorMessage);
            }
        }

        return TypedResults.NoContent();
    }

    private static Results<NoContent, ProblemHttpResult> Of(PrintAnswer answer) =>
        answer.ErrorCode == 0 ? TypedResults.NoContent() : Problems.Conflict(answer.ErrorMessage);

    // Only an announced printer has a grain: a made-up id wakes none that stays.
    private static async Task<bool> IsPrinter(IGrainFactory grains, string tenant, string serviceId) =>
        ServiceIdRule.IsValid(serviceId)
        && (await grains.GetGrain<IDeviceGrain>(TenantKey.Of(tenant, serviceId)).GetLatest("")).Registration is { } service
        && OfferedProfiles.Find(service, PrintingProfile.Name) is not null;

    private static ProblemHttpResult UnknownPrinter() => Problems.NotFound("There is no such printer.");

    private static ProblemHttpResult UnknownJob() => Problems.NotFound("There is no such job.");
}
