using System.Diagnostics;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;
using Dwapi.Storage.Commits;
using Dwapi.Storage.Tests.Measurements;

namespace Dwapi.Storage.Tests.Crashes;

/// <summary>A process that dies at any commit point loses nothing that it acknowledged, and what is sent again is there exactly once.</summary>
public abstract class CrashContract
{
    /// <summary>Runs the child on the store that it finds there, kills it at a point, and looks at what the next process finds.</summary>
    private protected async Task Kill(string kind, string place, string point, int time)
    {
        var acknowledged = await RunChildUntilItIsKilled(kind, place, point, time);
        await IsLeftAlone(place);

        var (database, store) = await CrashChild.Open(kind, place, NoCommitProbe.Instance);
        await using var closing = database;
        for (var device = 0; device < CrashChild.Devices; device++)
        {
            var rows = await Rows(store, device);
            Assert.Equal(Enumerable.Range(1, rows.Count).Select(i => (long)i), rows.Select(r => r.Sequence));
            Assert.Subset(rows.Select(r => r.Sequence).ToHashSet(), acknowledged[device]);

            // The child gives the n-th item the time n: an item stored twice or at another place would show.
            Assert.All(rows, r => Assert.Equal(r.Sequence, r.MeasuredAt));
        }

        await SendEverythingAgain(store);
    }

    /// <summary>Completes when nobody finishes any more what the dead process had begun.</summary>
    private protected virtual Task IsLeftAlone(string place) => Task.CompletedTask;

    private static Task SendEverythingAgain(IMeasurementStore store) =>
        Task.WhenAll(Enumerable.Range(0, CrashChild.Devices).Select(device => SendEverythingAgain(store, device)));

    private static async Task SendEverythingAgain(IMeasurementStore store, int device)
    {
        const int All = CrashChild.Requests * CrashChild.ItemsPerRequest;
        for (var number = 0; number < CrashChild.Requests; number++)
        {
            var heads = await store.GetHeads(Given.Tenant, CrashChild.Name(device), CancellationToken.None);
            var result = await store.Append(
                CrashChild.Request(device, number, heads.IsEmpty ? 0 : heads[0].Sequence), CancellationToken.None);
            Assert.All(result.Outcomes(), o => Assert.True(o is ReportOutcome.Committed or ReportOutcome.Duplicate));
        }

        Assert.Equal(Enumerable.Range(1, All).Select(i => (long)i), (await Rows(store, device)).Select(r => r.MeasuredAt));
    }

    private static async Task<List<Measurement>> Rows(IMeasurementStore store, int device)
    {
        var rows = new List<Measurement>();
        EventPage page;
        do
        {
            page = await store.ReadAfter(
                Given.Tenant, CrashChild.Name(device), Given.Attribute, rows.LastOrDefault()?.Sequence ?? 0, 1000, CancellationToken.None);
            Assert.False(page.Gap);
            rows.AddRange(page.Events);
        }
        while (rows.Count < page.Head);
        return rows;
    }

    private static async Task<List<HashSet<long>>> RunChildUntilItIsKilled(string kind, string place, string point, int time)
    {
        var program = Path.ChangeExtension(typeof(CrashContract).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null);
        using var child = Process.Start(new ProcessStartInfo(program, [CrashChild.Verb, kind, place, point, $"{time}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = child.StandardError.ReadToEndAsync();
        var acknowledged = Enumerable.Range(0, CrashChild.Devices).Select(_ => new HashSet<long>()).ToList();
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            // A line that was cut off by the kill was not said.
            if (line.Split(' ') is [var device, var sequence])
            {
                Assert.True(acknowledged[int.Parse(device, null)].Add(long.Parse(sequence, null)), "acknowledged twice");
            }
        }

        await child.WaitForExitAsync();
        Assert.Equal("", await errors);
        Assert.NotEqual(0, child.ExitCode);
        return acknowledged;
    }
}
