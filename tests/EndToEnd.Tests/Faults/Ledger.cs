using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dwapi.EndToEnd.Tests.Hosts;

namespace Dwapi.EndToEnd.Tests.Faults;

/// <summary>
/// Compares what the server has with what a ward measured, by the server's own history. What was found right once is not read again:
/// a new ledger reads everything.
/// </summary>
internal sealed class Ledger(OperatorClient server, Ward ward)
{
    private readonly long[] _counts = new long[ward.Devices];
    private readonly DateTimeOffset[] _last = new DateTimeOffset[ward.Devices];

    /// <summary>Every device has at least what these lines gave it, each measurement once, in order, without holes, and the right latest.</summary>
    public async Task HoldsAtLeast(long lines)
    {
        for (var device = 0; device < ward.Devices; device++)
        {
            await Check(device);
            Assert.True(
                _counts[device] >= ward.CountOf(device, lines),
                $"{ward.ServiceOf(device)}: {_counts[device]} stored of {ward.CountOf(device, lines)} acknowledged");
        }
    }

    /// <summary>Every device has exactly what these lines gave it.</summary>
    public async Task HoldsExactly(long lines)
    {
        for (var device = 0; device < ward.Devices; device++)
        {
            await Check(device);
            Assert.Equal(ward.CountOf(device, lines), _counts[device]);
        }
    }

    /// <summary>A device's measurements from a time on, oldest first, page by page.</summary>
    public static async Task<List<JsonElement>> History(OperatorClient server, string serviceId, DateTimeOffset from = default)
    {
        var rows = new List<JsonElement>();
        var cursor = "";
        var start = from == default ? "" : "&from=" + Uri.EscapeDataString(from.ToString("O", CultureInfo.InvariantCulture));
        do
        {
            var page = await server.Http.GetFromJsonAsync<JsonElement>(
                $"/api/v1/devices/{serviceId}/history?newestFirst=false&limit=1000&cursor={cursor}{start}");
            rows.AddRange(page.GetProperty("measurements").EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString()!;
        }
        while (cursor.Length > 0);
        return rows;
    }

    public static long Value(JsonElement measurement) =>
        (long)measurement.GetProperty("quantities").GetProperty("temperature").GetProperty("value").GetDecimal();

    /// <summary>Value of the device's latest result.</summary>
    public static async Task<long> Latest(OperatorClient server, string serviceId)
    {
        var device = await server.Http.GetFromJsonAsync<JsonElement>($"/api/v1/devices/{serviceId}");
        return Value(Assert.Single(device.GetProperty("latest").EnumerateArray()));
    }

    private static long Sequence(JsonElement measurement) => measurement.GetProperty("sequence").GetInt64();

    private async Task Check(int device)
    {
        var serviceId = ward.ServiceOf(device);
        using var known = await server.Http.GetAsync($"/api/v1/devices/{serviceId}");
        if (known.StatusCode == HttpStatusCode.NotFound)
        {
            return;
        }

        foreach (var row in await History(server, serviceId, _last[device]))
        {
            // The first ones are those of the last time's last moment.
            if (row.GetProperty("measuredAt").GetDateTimeOffset() == _last[device] && Sequence(row) <= _counts[device])
            {
                continue;
            }

            Assert.Equal(_counts[device] + 1, Sequence(row));
            Assert.Equal(_counts[device] + 1, Value(row));
            _counts[device]++;
            _last[device] = row.GetProperty("measuredAt").GetDateTimeOffset();
        }

        var shown = await server.Http.GetFromJsonAsync<JsonElement>($"/api/v1/devices/{serviceId}");
        if (_counts[device] > 0)
        {
            // The flow goes on while this reads: the latest may be newer than the history, never older, and is what its number says.
            var latest = Assert.Single(shown.GetProperty("latest").EnumerateArray());
            Assert.True(Sequence(latest) >= _counts[device]);
            Assert.Equal(Sequence(latest), Value(latest));
        }
    }
}
