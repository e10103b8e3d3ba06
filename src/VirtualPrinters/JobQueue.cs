using System.Text.Json.Nodes;

namespace Dwapi.VirtualPrinters;

/// <summary>Moonraker's queue: first in, first out, in memory; it pauses itself after each job.</summary>
internal sealed class JobQueue
{
    private readonly List<(string Id, string FileName, double Added)> _jobs = [];
    private int _next;

    /// <summary>ready, loading, starting or paused.</summary>
    public string State { get; set; } = "paused";

    /// <summary>The next file; null if none waits.</summary>
    public string? First => _jobs.Count == 0 ? null : _jobs[0].FileName;

    public void Add(string fileName, double time) => _jobs.Add(($"{++_next:X16}", fileName, time));

    public void Clear() => _jobs.Clear();

    public void Remove(IEnumerable<string> ids) => _jobs.RemoveAll(job => ids.Contains(job.Id));

    public void RemoveFirst() => _jobs.RemoveAt(0);

    /// <summary>Puts a job before all others.</summary>
    /// <exception cref="KlipperFault">There is no such job.</exception>
    public void Jump(string id)
    {
        var at = _jobs.FindIndex(job => job.Id == id);
        if (at < 0)
            throw new KlipperFault(400, $"Invalid job id: {id}");
        var job = _jobs[at];
        _jobs.RemoveAt(at);
        _jobs.Insert(0, job);
    }

    public JsonArray Jobs(double now) =>
    [
        .. _jobs.Select(job => (JsonNode)new JsonObject
        {
            ["filename"] = job.FileName,
            ["job_id"] = job.Id,
            ["time_added"] = job.Added,
            ["time_in_queue"] = now - job.Added,
        }),
    ];
}
