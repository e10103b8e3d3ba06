using System.Net.Http.Json;
using System.Text.Json;
using Dwapi.Gotapi.Printing;

namespace Dwapi.EndToEnd.Tests.Printing;

/// <summary>
/// A real Moonraker with a real Klipper, which are not part of this project: DWAPI_MOONRAKER is its address, DWAPI_MOONRAKER_KEY its API key. Its
/// printer must be ready and empty; it heats to 200 degrees, prints some lines, and is shut down and restarted.
/// </summary>
public sealed class RealMoonrakerTests
{
    private const string Missing = "Needs DWAPI_MOONRAKER=ADDRESS of a real Moonraker (http://127.0.0.1:7125), and DWAPI_MOONRAKER_KEY=KEY if it wants one.";

    private static string? Address => Environment.GetEnvironmentVariable("DWAPI_MOONRAKER");

    private static string? Key => Environment.GetEnvironmentVariable("DWAPI_MOONRAKER_KEY");

    public static bool HasMoonraker => Address is { Length: > 0 };

    [Fact(Skip = Missing, SkipUnless = nameof(HasMoonraker))]
    public async Task Job_IsPrintedOnce_ThoughTheEdgeIsKilledInMidPrint()
    {
        await using var workshop = await StartAsync();
        using var moonraker = Connect();

        var jobId = await workshop.OrderAsync("lines", "Käse Würfel (1).gcode");
        await workshop.Events.Until(jobId, PrintJobState.Printing);
        await workshop.UntilAsync("printing");
        await workshop.KillEdgeAsync();
        workshop.StartEdge();
        await workshop.Events.Until(jobId, PrintJobState.Unknown);
        await workshop.Events.Until(jobId, PrintJobState.Printing);
        await workshop.Events.Until(jobId, PrintJobState.Completed);

        Assert.Equal(["completed"], await PrintsOfAsync(moonraker, jobId));
        Assert.InRange(workshop.Events.Status.GetProperty("nozzleTemperature").GetDouble(), 150, 250);
    }

    [Fact(Skip = Missing, SkipUnless = nameof(HasMoonraker))]
    public async Task Job_PausesResumesAndStops_AsItIsTold()
    {
        await using var workshop = await StartAsync();
        using var moonraker = Connect();

        var jobId = await workshop.OrderAsync("lines", "Käse Würfel (1).gcode");
        await workshop.UntilAsync("printing");
        await workshop.ChangeJobAsync(jobId, new { paused = true });
        await workshop.Events.Until(jobId, PrintJobState.Paused);
        await workshop.ChangeJobAsync(jobId, new { paused = false });
        await workshop.Events.Until(jobId, PrintJobState.Printing);
        await workshop.StopJobAsync(jobId);
        await workshop.Events.Until(jobId, PrintJobState.Cancelled);

        Assert.Equal(["cancelled"], await PrintsOfAsync(moonraker, jobId));
    }

    [Fact(Skip = Missing, SkipUnless = nameof(HasMoonraker))]
    public async Task Job_FailsInKlippersWords_WhenThePrinterIsShutDown_AndARestartBringsItBack()
    {
        await using var workshop = await StartAsync();
        using var moonraker = Connect();

        var jobId = await workshop.OrderAsync("lines", "Käse Würfel (1).gcode");
        await workshop.UntilAsync("printing");
        await PostAsync(moonraker, "printer/emergency_stop");
        await workshop.Events.Until(jobId, PrintJobState.Failed);
        await workshop.UntilAsync("error");
        var alert = workshop.Events.Status.GetProperty("alerts")[0];
        await PostAsync(moonraker, "printer/firmware_restart");
        await workshop.UntilAsync("idle");

        Assert.Equal("mcu-shutdown", alert.GetProperty("code").GetString());
        Assert.Equal(["klippy_shutdown"], await PrintsOfAsync(moonraker, jobId));
    }

    private static async Task<Workshop> StartAsync()
    {
        var workshop = new Workshop();
        await ContentProcess.WriteModelAsync(workshop.Models, "lines", 0);
        await workshop.StartAsync(new { id = Workshop.PrinterId, kind = "Moonraker", address = Address, apiKey = Key });
        return workshop;
    }

    private static HttpClient Connect()
    {
        var client = new HttpClient { BaseAddress = new Uri(Address!.TrimEnd('/') + "/") };
        if (Key is not null)
            client.DefaultRequestHeaders.Add("X-Api-Key", Key);
        return client;
    }

    private static async Task PostAsync(HttpClient moonraker, string path)
    {
        using var answer = await moonraker.PostAsync(path, null, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What became of each print of a job, by the printer's own history.</summary>
    private static async Task<IReadOnlyList<string>> PrintsOfAsync(HttpClient moonraker, string jobId)
    {
        var history = await moonraker.GetFromJsonAsync<JsonElement>("server/history/list?limit=50", TestContext.Current.CancellationToken);
        return [.. history.GetProperty("result").GetProperty("jobs").EnumerateArray()
            .Where(job => job.GetProperty("filename").GetString()!.Contains(jobId, StringComparison.Ordinal))
            .Select(job => job.GetProperty("status").GetString()!)];
    }
}
