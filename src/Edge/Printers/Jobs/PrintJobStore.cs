using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dwapi.Edge.Files;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Jobs;

/// <summary>The jobs of an edge, a file each, whole at any moment; their downloads beside them.</summary>
internal sealed class PrintJobStore
{
    // Ended jobs of a printer are kept for questions about them, and so that an order that is told again is known and not printed again. Not so many
    // of the whole edge: in a hall of printers others would push them out within a minute.
    private const int KeptEnded = 20;

    private readonly ConcurrentDictionary<string, PrintJob> _jobs = new(StringComparer.Ordinal);

    // A printer looks for its own jobs at each of its words; the others' are of no interest to it.
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, PrintJob>> _ofPrinter = new(StringComparer.Ordinal);
    private readonly string _folder;

    /// <summary>Opens the folder and reads what is in it.</summary>
    /// <exception cref="EdgeOptionsException">It cannot be used, or a file in it is damaged.</exception>
    public PrintJobStore(string folder)
    {
        _folder = folder;
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var file in Directory.EnumerateFiles(folder, "*.json"))
            {
                var job = JsonSerializer.Deserialize(File.ReadAllBytes(file), PrintJobJson.Default.PrintJob)!;
                Keep(job);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new EdgeOptionsException($"The print jobs in {folder} cannot be read: {e.Message} Mend or move the folder away.", e);
        }
    }

    /// <summary>The jobs of a printer.</summary>
    public IEnumerable<PrintJob> Of(string serviceId) => JobsOf(serviceId).Select(item => item.Value);

    /// <summary>A job; null if it is not known.</summary>
    public PrintJob? Find(string jobId) => _jobs.GetValueOrDefault(jobId);

    /// <summary>Keeps a job as it is now; durable when it returns.</summary>
    public void Save(PrintJob job)
    {
        // Somebody may have taken the folder away.
        Directory.CreateDirectory(_folder);
        WholeFile.Write(PathOf(job.JobId, "json"), JsonSerializer.SerializeToUtf8Bytes(job, PrintJobJson.Default.PrintJob));
        Keep(job);
    }

    /// <summary>Where the download of a job lies.</summary>
    public string DownloadOf(string jobId) => PathOf(jobId, "part");

    /// <summary>Where the G-code lies that the slicer made of it.</summary>
    public string SlicedOf(string jobId) => PathOf(jobId, "gcode");

    /// <summary>Folder of the slicer while it works on it.</summary>
    public string SlicingFolderOf(string jobId) => PathOf(jobId, "slicing");

    /// <summary>Removes the download and what was made of it, and the oldest of the ended jobs of its printer.</summary>
    public void Tidy(string jobId)
    {
        File.Delete(DownloadOf(jobId));
        File.Delete(SlicedOf(jobId));
        if (Directory.Exists(SlicingFolderOf(jobId)))
            Directory.Delete(SlicingFolderOf(jobId), recursive: true);
        if (Find(jobId) is not { } ended)
            return;
        foreach (var old in Of(ended.ServiceId).Where(job => job.State.HasEnded() && job.Reported).OrderByDescending(job => job.Last?.At).Skip(KeptEnded))
        {
            File.Delete(PathOf(old.JobId, "json"));
            _jobs.TryRemove(old.JobId, out _);
            JobsOf(old.ServiceId).TryRemove(old.JobId, out _);
        }
    }

    private ConcurrentDictionary<string, PrintJob> JobsOf(string serviceId) => _ofPrinter.GetOrAdd(serviceId, static _ => new(StringComparer.Ordinal));

    private void Keep(PrintJob job)
    {
        _jobs[job.JobId] = job;
        JobsOf(job.ServiceId)[job.JobId] = job;
    }

    // Not the id itself: it comes from outside and could be a path.
    private string PathOf(string jobId, string type) =>
        Path.Combine(_folder, $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(jobId)).AsSpan(0, 16))}.{type}");
}
