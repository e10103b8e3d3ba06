using System.CommandLine;
using Dwapi.Edge.Configuration;
using Dwapi.Edge.Sources.Bluetooth;

namespace Dwapi.Edge.Commands;

/// <summary>run --config edge.json: the edge as a service.</summary>
internal static class RunCommand
{
    public static Command Create(RadioFactory radio)
    {
        var config = new Option<string>("--config") { Description = "Settings; see docs/edge.md.", DefaultValueFactory = _ => EdgeConfiguration.DefaultFile };
        var command = new Command("run", "Run the edge until it is stopped. Environment variables DWAPI_EDGE_NAME go before the file.") { config };
        command.SetAction((parsed, cancellationToken) => RunAsync(new CommandOutput(parsed), parsed.GetValue(config)!, radio, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandOutput output, string config, RadioFactory radio, CancellationToken cancellationToken)
    {
        try
        {
            using var loggers = EdgeRun.Logging();
            await using var edge = new EdgeHost(EdgeConfiguration.Load(config), radio, loggers, TimeProvider.System);
            await edge.RunAsync(cancellationToken).ConfigureAwait(false);
            return ExitCode.Ok;
        }
        catch (EdgeOptionsException e)
        {
            return output.Fault(ExitCode.Of(e), e.Message);
        }
    }
}
