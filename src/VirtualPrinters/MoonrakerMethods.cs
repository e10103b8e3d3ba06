using System.Globalization;
using System.Text.Json.Nodes;

namespace Dwapi.VirtualPrinters;

/// <summary>The methods of Moonraker's API, the same over HTTP and JSON-RPC.</summary>
internal sealed class MoonrakerMethods(VirtualPrinter printer)
{
    private const string Version = "v0.9.3-virtual";

    /// <summary>Does what a method says.</summary>
    /// <exception cref="KlipperFault">It is unknown, wrong or not possible now.</exception>
    public async Task<JsonNode?> InvokeAsync(string method, JsonObject arguments)
    {
        Task waiting;
        lock (printer.Gate)
        {
            switch (method)
            {
                case "printer.print.pause":
                    waiting = printer.Klipper.AskAsync(printer.Klipper.Pause);
                    break;
                case "printer.print.resume":
                    waiting = printer.Klipper.AskAsync(printer.Klipper.Resume);
                    break;
                case "printer.print.cancel":
                    waiting = printer.Klipper.AskAsync(printer.Klipper.Cancel);
                    break;
                default:
                    return Answer(method, arguments);
            }
        }

        await waiting.ConfigureAwait(false);
        return "ok";
    }

    private JsonNode? Answer(string method, JsonObject arguments) => method switch
    {
        "server.info" => ServerInfo(),
        "printer.info" => PrinterInfo(),
        "printer.objects.list" => new JsonObject { ["objects"] = new JsonArray([.. PrinterObjects.All(printer).Select(item => (JsonNode)item.Key)]) },
        "printer.objects.query" => new JsonObject
        {
            ["eventtime"] = printer.Now,
            ["status"] = PrinterObjects.Select(PrinterObjects.All(printer), arguments["objects"] as JsonObject ?? []),
        },
        "printer.print.start" => Ok(() => printer.Start(Text(arguments, "filename"))),
        "printer.emergency_stop" => Ok(() => printer.Shutdown("Shutdown due to webhooks request")),
        "printer.restart" or "printer.firmware_restart" => Ok(printer.RestartKlipper),
        "machine.system_info" => new JsonObject
        {
            ["system_info"] = new JsonObject
            {
                ["cpu_info"] = new JsonObject { ["total_memory"] = 1_024_000, ["memory_units"] = "kB" },
            },
        },
        "server.files.list" => new JsonArray([.. printer.Files.All().Select(file => (JsonNode)FileItem(file, printer.Files.NameOf(file), "path"))]),
        "server.files.metadata" => Metadata(Text(arguments, "filename")),
        "server.files.delete_file" => Delete(Text(arguments, "path")),
        "server.history.list" => HistoryList(arguments),
        "server.history.get_job" => new JsonObject
        {
            ["job"] = printer.History.Find(Text(arguments, "uid"))?.DeepClone()
                ?? throw new KlipperFault(404, $"Invalid job uid: {Text(arguments, "uid")}"),
        },
        "server.job_queue.status" => QueueStatus(),
        "server.job_queue.post_job" => Queue(() => AddJobs(arguments)),
        "server.job_queue.delete_job" => Queue(() => DeleteJobs(arguments)),
        "server.job_queue.pause" => Queue(() => printer.SetQueue("paused")),
        "server.job_queue.start" => Queue(printer.StartQueue),
        "server.job_queue.jump" => Queue(() => printer.Queue.Jump(Text(arguments, "job_id"))),
        _ => throw new KlipperFault(404, $"Method not found: {method}"),
    };

    /// <summary>A file as uploads and lists show it.</summary>
    public static JsonObject FileItem(FileInfo file, string name, string member) => new()
    {
        [member] = name,
        ["root"] = "gcodes",
        ["modified"] = new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeMilliseconds() / 1000.0,
        ["size"] = file.Length,
        ["permissions"] = "rw",
    };

    private static JsonValue Ok(Action act)
    {
        act();
        return JsonValue.Create("ok");
    }

    private static string Text(JsonObject arguments, string name) => arguments[name] is JsonValue value && value.TryGetValue<string>(out var text)
        ? text
        : throw new KlipperFault(400, $"No data for argument: {name}");

    private static IEnumerable<string> Texts(JsonObject arguments, string name) => arguments[name] is JsonArray many
        ? many.Select(item => (string)item!)
        : Text(arguments, name).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool Flag(JsonObject arguments, string name) => arguments[name]?.ToString() is { } text
        && text.Equals("true", StringComparison.OrdinalIgnoreCase);

    private static int Number(JsonObject arguments, string name, int otherwise) =>
        int.TryParse(arguments[name]?.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private JsonObject ServerInfo() => new()
    {
        ["klippy_connected"] = true,
        ["klippy_state"] = printer.Klipper.State,
        ["components"] = new JsonArray("klippy_connection", "file_manager", "job_queue", "history", "authorization"),
        ["failed_components"] = new JsonArray(),
        ["registered_directories"] = new JsonArray("gcodes"),
        ["warnings"] = new JsonArray(),
        ["moonraker_version"] = Version,
        ["api_version"] = new JsonArray(1, 5, 0),
        ["api_version_string"] = "1.5.0",
    };

    private JsonObject PrinterInfo() => new()
    {
        ["state"] = printer.Klipper.State,
        ["state_message"] = printer.Klipper.StateMessage,
        ["hostname"] = printer.Options.Name,
        ["software_version"] = "v0.12.0-virtual",
        ["cpu_info"] = "virtual",
    };

    private JsonObject Metadata(string name)
    {
        var file = Existing(name);
        return new JsonObject { ["filename"] = name, ["size"] = file.Length, ["modified"] = FileItem(file, name, "path")["modified"]!.DeepClone() };
    }

    private JsonObject Delete(string path)
    {
        var name = path.StartsWith("gcodes/", StringComparison.Ordinal) ? path["gcodes/".Length..] : path;
        var file = Existing(name);
        if (printer.Klipper.Print is { IsLoaded: true } print && print.FileName == name)
            throw new KlipperFault(403, $"File is loaded, DELETE not permitted: {name}");
        var item = FileItem(file, name, "path");
        file.Delete();
        printer.TellFile("delete_file", item.DeepClone());
        return new JsonObject { ["item"] = item, ["action"] = "delete_file" };
    }

    private FileInfo Existing(string name)
    {
        var file = new FileInfo(printer.Files.PathOf(name));
        return file.Exists ? file : throw new KlipperFault(404, $"File does not exist: {name}");
    }

    private JsonObject HistoryList(JsonObject arguments)
    {
        var jobs = Number(arguments, "limit", 50) is var limit and > 0 ? printer.History.Latest.Skip(Number(arguments, "start", 0)).Take(limit) : [];
        return new JsonObject { ["count"] = printer.History.Latest.Count(), ["jobs"] = new JsonArray([.. jobs.Select(job => job.DeepClone())]) };
    }

    private JsonObject QueueStatus() => new() { ["queued_jobs"] = printer.Queue.Jobs(printer.Now), ["queue_state"] = printer.Queue.State };

    private JsonObject Queue(Action act)
    {
        act();
        return QueueStatus();
    }

    private void AddJobs(JsonObject arguments)
    {
        var names = Texts(arguments, "filenames").ToArray();
        foreach (var name in names)
        {
            if (!File.Exists(printer.Files.PathOf(name)))
                throw new KlipperFault(400, $"G-Code File {name} does not exist");
        }

        if (Flag(arguments, "reset"))
            printer.Queue.Clear();
        foreach (var name in names)
            printer.Queue.Add(name, printer.Now);
        printer.TellQueue("jobs_added");
    }

    private void DeleteJobs(JsonObject arguments)
    {
        if (Flag(arguments, "all"))
            printer.Queue.Clear();
        else
            printer.Queue.Remove(Texts(arguments, "job_ids"));
        printer.TellQueue("jobs_removed");
    }
}
