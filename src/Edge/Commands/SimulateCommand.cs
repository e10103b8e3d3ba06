using System.CommandLine;

namespace Dwapi.Edge.Commands;

/// <summary>simulate --to ADDRESS: simulated devices.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var devices = new Option<int>("--devices") { Description = "How many; the kinds in turn.", DefaultValueFactory = _ => 4 };
        var rate = new Option<double?>("--rate") { Description = "Measurements per second over all devices; each kind's own pace without it." };
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same bytes.", DefaultValueFactory = _ => 1 };
        var count = new Option<long?>("--count") { Description = "End after so many rounds, when they are acknowledged; no end without it." };
        var server = new ServerArguments();
        var command = new Command("simulate", "Send the measurements of simulated devices to a server.") { devices, rate, seed, count };
        server.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var options = server.Read(parsed);
            options.Simulators = new SimulatorOptions
            {
                Devices = parsed.GetValue(devices),
                Rate = parsed.GetValue(rate),
                Seed = parsed.GetValue(seed),
                Count = parsed.GetValue(count),
            };
            return EdgeRun.ToTheEndAsync(options, new CommandOutput(parsed), cancellationToken);
        });
        return command;
    }
}
