using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;
using Dwapi.Storage.Commits;
using Dwapi.Storage.Hosting;
using Dwapi.Storage.Measurements;
using Dwapi.Storage.PostgreSql;
using Dwapi.Storage.Sqlite;
using Dwapi.Storage.Tests.Measurements;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dwapi.Storage.Tests.Crashes;

/// <summary>Appends until it is killed; says on standard output what was acknowledged. Arguments: kind of store, its place, point, which time.</summary>
internal static class CrashChild
{
    public const string Verb = "crash-child";
    public const int Devices = 8;
    public const int Requests = 120;
    public const int ItemsPerRequest = 2;

    // Large enough that a checkpoint comes up within a second.
    private static readonly byte[] Quantities = new byte[12_000];

    public static async Task<int> Run(string[] arguments)
    {
        var probe = new KillProbe(Enum.Parse<CommitPoint>(arguments[2]), int.Parse(arguments[3], null));
        var (database, store) = await Open(arguments[0], arguments[1], probe);
        await using var closing = database;
        await Task.WhenAll(Enumerable.Range(0, Devices).Select(device => Send(store, device)));
        return 0;
    }

    /// <summary>The store of a directory or of a connection string.</summary>
    public static async Task<(IAsyncDisposable Database, IMeasurementStore Store)> Open(string kind, string place, ICommitProbe probe)
    {
        if (kind == StoreKind.Sqlite)
        {
            var file = SqliteDatabase.Open(place, TimeProvider.System, probe, NullLogger.Instance);
            return (file, new SqliteMeasurementStore(file));
        }

        var database = new PostgreSqlDatabase(place, TimeProvider.System, probe, NullLoggerFactory.Instance);
        await database.Open(CancellationToken.None);
        return (database, new PostgreSqlMeasurementStore(database));
    }

    /// <summary>The n-th request of a device; its items are told apart by their time of measurement.</summary>
    public static AppendRequest Request(int device, int number, long expected)
    {
        var first = ((long)number * ItemsPerRequest) + 1;
        return Given.Request(
            expected,
            [.. Enumerable.Range(0, ItemsPerRequest).Select(i => Given.Item((device * 1_000_000) + first + i, first + i) with { Quantities = Quantities })],
            device: Name(device));
    }

    public static string Name(int device) => $"device-{device}";

    private static async Task Send(IMeasurementStore store, int device)
    {
        for (var number = 0; number < Requests; number++)
        {
            var result = await store.Append(Request(device, number, (long)number * ItemsPerRequest), CancellationToken.None);
            foreach (var item in result.Items.Where(i => i.Outcome == ReportOutcome.Committed))
            {
                // Lines of several devices must not mix.
                lock (Quantities)
                {
                    Console.Out.WriteLine($"{device} {item.Sequence}");
                    Console.Out.Flush();
                }
            }
        }
    }
}
