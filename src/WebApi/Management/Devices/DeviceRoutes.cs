using Dwapi.Gotapi.Health;
using Dwapi.Grains;
using Dwapi.Grains.Devices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dwapi.WebApi.Management.Devices;

/// <summary>Devices with their state and their stored measurements.</summary>
internal static class DeviceRoutes
{
    private const int MaxLimit = 1_000;

    public static void MapDevices(this RouteGroupBuilder api)
    {
        var devices = api.MapGroup("/devices").WithTags("Devices");
        devices.MapGet("", List).WithSummary("Devices with online state and latest results, in pages.");
        devices.MapGet("/{serviceId}", Get).WithSummary("One device.");
        devices.MapGet("/{serviceId}/history", History).WithSummary("Stored measurements of one attribute by time, in pages.");
    }

    private static async Task<Results<Ok<DevicePage>, ProblemHttpResult>> List(
        HttpContext context,
        DeviceDirectory directory,
        ITenantResolver tenants,
        CancellationToken cancellationToken,
        int limit = 100,
        string cursor = "")
    {
        if (limit is < 1 or > MaxLimit)
        {
            return LimitIsWrong();
        }

        var tenant = tenants.Resolve(context);
        var (services, next) = await directory.GetPage(tenant, cursor, limit, cancellationToken);
        var devices = await Task.WhenAll(services.Select(async s => DeviceView.Of(s, await directory.GetLatest(tenant, s))));
        return TypedResults.Ok(new DevicePage(devices, next));
    }

    private static async Task<Results<Ok<DeviceView>, ProblemHttpResult>> Get(
        string serviceId, HttpContext context, DeviceDirectory directory, ITenantResolver tenants) =>
        await directory.Find(tenants.Resolve(context), serviceId) is { } found
            ? TypedResults.Ok(DeviceView.Of(found.Service, found.Latest))
            : Unknown();

    private static async Task<Results<Ok<MeasurementPage>, ProblemHttpResult>> History(
        string serviceId,
        HttpContext context,
        IGrainFactory grains,
        DeviceDirectory directory,
        ITenantResolver tenants,
        CancellationToken cancellationToken,
        string attribute = "",
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        bool newestFirst = true,
        string cursor = "",
        int limit = 100)
    {
        if (limit is < 1 or > MaxLimit)
        {
            return LimitIsWrong();
        }

        var tenant = tenants.Resolve(context);
        if (await directory.Find(tenant, serviceId) is not { } found)
        {
            return Unknown();
        }

        var attributes = DeviceDirectory.AttributesOf(found.Service);
        var asked = attribute.Length == 0 && attributes.Length == 1 ? attributes[0] : HealthAttributes.Find(attribute)?.Name;
        if (asked is null || !attributes.Contains(asked))
        {
            return Problems.BadRequest($"attribute is one of: {string.Join(", ", attributes)}.");
        }

        var query = new HistoryQuery(
            asked,
            from?.ToUnixTimeMilliseconds() ?? 0,
            to?.ToUnixTimeMilliseconds() ?? long.MaxValue,
            newestFirst,
            cursor,
            limit);
        var page = await grains.GetGrain<IDeviceGrain>(TenantKey.Of(tenant, serviceId)).GetHistory(query, cancellationToken);
        return TypedResults.Ok(new MeasurementPage([.. page.Measurements.Select(m => MeasurementView.Of(asked, m))], page.NextCursor));
    }

    private static ProblemHttpResult Unknown() => Problems.NotFound("There is no such device.");

    private static ProblemHttpResult LimitIsWrong() => Problems.BadRequest($"limit is 1 to {MaxLimit}.");
}
