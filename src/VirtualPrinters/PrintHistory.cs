using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Dwapi.Edge.Files;

namespace Dwapi.VirtualPrinters;

/// <summary>The history of Moonraker: durable, so it knows of a print that its printer has forgotten.</summary>
internal sealed class PrintHistory
{
    private const int Most = 1000;

    private readonly string _path;
    private readonly List<JsonObject> _jobs = [];

    /// <summary>Reads the history. A job that was in progress when its process ended is interrupted, for ever.</summary>
    public PrintHistory(string path)
    {
        _path = path;
        if (File.Exists(path) && JsonNode.Parse(File.ReadAllText(path)) is JsonArray jobs)
            _jobs.AddRange(jobs.Select(job => (JsonObject)job!.DeepClone()));
        Interrupt();
    }

    /// <summary>The job in progress; null for none.</summary>
    public JsonObject? Current => _jobs.LastOrDefault(job => Status(job) == "in_progress");

    /// <summary>Jobs ever started.</summary>
    public int Count => _jobs.Count == 0 ? 0 : int.Parse((string)_jobs[^1]["job_id"]!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>The latest first.</summary>
    public IEnumerable<JsonObject> Latest => _jobs.AsEnumerable().Reverse();

    /// <summary>A job; null if there is none with that id.</summary>
    public JsonObject? Find(string id) => _jobs.FirstOrDefault(job => (string?)job["job_id"] == id);

    /// <summary>Whoever was in progress is interrupted.</summary>
    public void Interrupt()
    {
        if (Current is not { } job)
            return;
        job["status"] = "interrupted";
        Write();
    }

    /// <summary>A print begins.</summary>
    public JsonObject Add(string fileName, double time)
    {
        var job = new JsonObject
        {
            ["job_id"] = (Count + 1).ToString("X6", CultureInfo.InvariantCulture),
            ["user"] = null,
            ["filename"] = fileName,
            ["exists"] = true,
            ["status"] = "in_progress",
            ["start_time"] = time,
            ["end_time"] = null,
            ["print_duration"] = 0.0,
            ["total_duration"] = 0.0,
            ["filament_used"] = 0.0,
            ["metadata"] = new JsonObject(),
            ["auxiliary_data"] = new JsonArray(),
        };
        _jobs.Add(job);
        if (_jobs.Count > Most)
            _jobs.RemoveAt(0);
        Write();
        return job;
    }

    /// <summary>The print ends; null if none was in progress here.</summary>
    public JsonObject? Finish(string status, KlipperPrint print, double time)
    {
        if (Current is not { } job)
            return null;
        job["status"] = status;
        job["end_time"] = time;
        job["print_duration"] = print.PrintDuration;
        job["total_duration"] = print.TotalDuration;
        job["filament_used"] = print.FilamentUsed;
        Write();
        return job;
    }

    private static string? Status(JsonObject job) => (string?)job["status"];

    private void Write() => WholeFile.Write(
        _path, Encoding.UTF8.GetBytes(new JsonArray([.. _jobs.Select(job => job.DeepClone())]).ToJsonString()));
}
