using System.Collections.Concurrent;
using System.CommandLine;
using System.Globalization;
using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Sources.Bluetooth;

namespace Dwapi.Edge.Commands;

/// <summary>scan: the devices that the radio hears.</summary>
internal static class ScanCommand
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(1);

    public static Command Create(RadioFactory open)
    {
        var all = new Option<bool>("--all") { Description = "Show devices that are no health devices too." };
        var count = new Option<int?>("--count") { Description = "End when so many devices are heard." };
        var radio = new RadioArguments(open);
        var command = new Command("scan", "Show the health devices in sight: address, signal, age, what they are and their names.") { all, count };
        radio.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var output = new CommandOutput(parsed);
            using var limit = radio.Limit(parsed, cancellationToken);
            if (limit is null)
                return output.Fault(ExitCode.Configuration, RadioArguments.WrongSeconds);
            return await RunAsync(
                output, radio, radio.Read(parsed), parsed.GetValue(all), parsed.GetValue(count) ?? int.MaxValue, TimeProvider.System, limit)
                .ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        CommandOutput output, RadioArguments radio, BluetoothOptions options, bool all, int count, TimeProvider time, CancellationTokenSource end)
    {
        var stop = end.Token;
        var heard = new ConcurrentDictionary<ulong, (BluetoothAdvertisement Advertisement, DateTimeOffset At)>();
        try
        {
            using var loggers = EdgeRun.Logging();
            var central = radio.Open(options, time, loggers.CreateLogger("Dwapi.Edge"));
            central.DeviceAdvertised += advertisement =>
            {
                if (all || HealthServices.NamesOf(advertisement.Services).Any())
                    heard[advertisement.Address.Bits] = (advertisement, time.GetUtcNow());
                if (heard.Count >= count)
                    end.CancelAsync();
            };
            var trouble = new RadioTrouble(central, output, end);
            var running = central.RunAsync(all ? [] : HealthServices.Uuids, stop);
            await ShowUntilAsync(output, heard, time, stop).ConfigureAwait(false);
            await running.ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
            var rows = Rows(heard, time);
            output.Result(
                new ScanResult(trouble.Problem, rows),
                ReadableJson.Context.ScanResult,
                output.IsLive || (trouble.Problem is not null && rows.Count == 0) ? [] : Lines(rows));
            return trouble.Problem is { } problem ? output.Fault(ExitCode.Bluetooth, problem) : ExitCode.Ok;
        }
        catch (EdgeOptionsException e)
        {
            return output.Fault(ExitCode.Configuration, e.Message);
        }
    }

    private static async Task ShowUntilAsync(
        CommandOutput output, ConcurrentDictionary<ulong, (BluetoothAdvertisement Advertisement, DateTimeOffset At)> heard, TimeProvider time, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Refresh, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
                output.Redraw(Lines(Rows(heard, time)));
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static IReadOnlyList<ScanRow> Rows(
        ConcurrentDictionary<ulong, (BluetoothAdvertisement Advertisement, DateTimeOffset At)> heard, TimeProvider time) =>
    [
        .. heard.Values.OrderByDescending(row => row.Advertisement.Rssi).Select(row => new ScanRow(
            row.Advertisement.Address.ToString(),
            row.Advertisement.Name,
            row.Advertisement.Rssi,
            [.. HealthServices.NamesOf(row.Advertisement.Services)],
            (int)(time.GetUtcNow() - row.At).TotalSeconds,
            row.Advertisement.IsPaired)),
    ];

    private static IEnumerable<string> Lines(IReadOnlyList<ScanRow> rows) => rows.Count == 0
        ? ["No device is heard. Most advertise only while they have something to send: use one now."]
        : [
            "address            signal  age   device",
            .. rows.Select(row => string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Address}  {row.Rssi,4} dB  {row.Age,3} s  {string.Join(", ", row.Kinds)}{(row.Paired ? " (paired)" : "")}  {row.Name}")),
        ];
}
