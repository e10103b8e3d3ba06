using System.CommandLine;
using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Sources;
using Dwapi.Edge.Sources.Bluetooth;

namespace Dwapi.Edge.Commands;

/// <summary>Connects to devices and hands what they send to a sink; for the verbs monitor and capture.</summary>
internal static class Watching
{
    /// <summary>The argument that names the devices.</summary>
    public static Argument<string[]> Addresses() => new("ADDRESS")
    {
        Description = "Devices, AA:BB:CC:00:11:22; all health devices in sight without it.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Runs until the time is over or the user says so.</summary>
    public static async Task<int> RunAsync(
        CommandOutput output, RadioArguments radio, ParseResult parsed, Argument<string[]> addresses, IMeasurementSink sink, CancellationToken cancellationToken)
    {
        var only = new List<ulong>();
        foreach (var text in parsed.GetValue(addresses) ?? [])
        {
            if (!BluetoothAddress.TryParse(text.ToUpperInvariant(), out var address))
                return output.Fault(ExitCode.Configuration, $"{text} is no address. Write AA:BB:CC:00:11:22; dwapi-edge scan shows those in sight.");
            only.Add(address.Bits);
        }

        using var limit = radio.Limit(parsed, cancellationToken);
        if (limit is null)
            return output.Fault(ExitCode.Configuration, RadioArguments.WrongSeconds);
        RadioTrouble? trouble = null;
        try
        {
            using var loggers = EdgeRun.Logging();
            var source = BluetoothSource.Make(
                (options, time, log) =>
                {
                    var central = radio.Open(options, time, log);
                    trouble = new RadioTrouble(central, output, limit);
                    return central;
                },
                radio.Read(parsed), new WatchPolicy(only), TimeZoneInfo.Local, TimeProvider.System, loggers.CreateLogger("Dwapi.Edge"));
            await source.RunAsync(sink, limit.Token).ConfigureAwait(false);
        }
        catch (EdgeOptionsException e)
        {
            return output.Fault(ExitCode.Configuration, e.Message);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
        }

        return trouble?.Problem is { } problem ? output.Fault(ExitCode.Bluetooth, problem) : ExitCode.Ok;
    }
}
