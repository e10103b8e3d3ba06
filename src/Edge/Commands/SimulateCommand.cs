using System.CommandLine;
using Dwapi.Edge.Sources.Simulators;

namespace Dwapi.Edge.Commands;

/// <summary>simulate --to ADDRESS: simulated devices.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var kinds = new Option<string[]>("--kinds")
        {
            Description = $"{string.Join(", ", SimulatedFleet.Names)}, or {SimulatedFleet.All}; the first four without it.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var devices = new Option<int?>("--devices") { Description = "How many, the kinds in turn; one of each kind without it." };
        var rate = new Option<double?>("--rate") { Description = "Measurements per second over all devices; each kind's own pace without it." };
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same bytes.", DefaultValueFactory = _ => 1 };
        var count = new Option<long?>("--count") { Description = "End after so many rounds, when they are acknowledged; no end without it." };
        var server = new ServerArguments();
        var command = new Command("simulate", "Send the measurements of simulated devices to a server.") { kinds, devices, rate, seed, count };
        server.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var options = server.Read(parsed);
            options.Simulators = new SimulatorOptions
            {
                Kinds = [.. parsed.GetRequiredValue(kinds)],
                Devices = parsed.GetValue(devices) ?? SimulatedFleet.CountOf(parsed.GetRequiredValue(kinds)),
                Rate = parsed.GetValue(rate),
                Seed = parsed.GetValue(seed),
                Count = parsed.GetValue(count),
            };
            return EdgeRun.ToTheEndAsync(options, new CommandOutput(parsed), cancellationToken);
        });
        return command;
    }
}
