using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dwapi.Storage.PostgreSql;

/// <summary>
/// Partitions of measurements by month: the coming ones are made ahead of need, those of late records when the first one comes. What lies
/// further away than <see cref="Back"/> or <see cref="Ahead"/> has none and lies with its like, or a device with a wrong clock could
/// make thousands of tables.
/// </summary>
internal sealed class PostgreSqlMonths(PostgreSqlDatabase database, TimeProvider time, ILogger logger)
{
    /// <summary>Months before this one.</summary>
    internal const int Back = 24;

    /// <summary>Months after this one.</summary>
    internal const int Ahead = 2;

    private readonly ConcurrentDictionary<DateTime, bool> _made = [];

    /// <summary>Makes this month's partition and the next ones.</summary>
    public async Task MakeAhead()
    {
        for (var months = 0; months <= Ahead; months++)
        {
            await Make(Now().AddMonths(months));
        }
    }

    /// <summary>Makes what a batch needs; nearly always nothing.</summary>
    public async ValueTask Ensure(IReadOnlyList<PendingAppend> batch)
    {
        var now = Now();
        var (first, end) = (Ms(now.AddMonths(-Back)), Ms(now.AddMonths(Ahead + 1)));
        var (from, to) = (0L, 0L);
        foreach (var pending in batch)
        {
            foreach (var item in pending.Request.Items)
            {
                // Nearly all measurements are of the month of the one before.
                if ((item.MeasuredAt >= from && item.MeasuredAt < to) || item.MeasuredAt < first || item.MeasuredAt >= end)
                {
                    continue;
                }

                var month = Month(DateTimeOffset.FromUnixTimeMilliseconds(item.MeasuredAt));
                (from, to) = (Ms(month), Ms(month.AddMonths(1)));
                if (!_made.ContainsKey(month))
                {
                    await Make(month);
                }
            }
        }
    }

    private async Task Make(DateTime month)
    {
        try
        {
            await using var command = database.Source.CreateCommand("SELECT make_measurement_month($1)");
            command.Parameters.Add(new() { Value = Ms(month) });
            await command.ExecuteNonQueryAsync();
        }
        catch (PostgresException fault) when (!PostgreSqlFault.IsOfTheDatabase(fault) && !PostgreSqlFault.IsWorthARetry(fault))
        {
            // Its measurements have a place without it.
            Log.MonthNotMade(logger, month, fault);
        }

        _made[month] = true;
    }

    private DateTime Now() => Month(time.GetUtcNow());

    private static DateTime Month(DateTimeOffset at) => new(at.UtcDateTime.Year, at.UtcDateTime.Month, 1, 0, 0, 0, DateTimeKind.Utc);

    private static long Ms(DateTime month) => new DateTimeOffset(month).ToUnixTimeMilliseconds();
}
