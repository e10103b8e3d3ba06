using System.CommandLine;
using System.Globalization;
using Dwapi.Edge.Configuration;
using Dwapi.Edge.Outbox;

namespace Dwapi.Edge.Commands;

/// <summary>outbox: what waits for the server; works while the edge runs.</summary>
internal static class OutboxCommand
{
    public static Command Create()
    {
        var config = new Option<string?>("--config") { Description = "Settings of the edge; edge.json of this folder without it, if there is one." };
        var path = new Option<string?>("--outbox") { Description = "File of the outbox." };
        var recovered = new Option<string?>("--recover-to") { Description = "Copy what can be read of a damaged outbox into this new file." };
        var command = new Command("outbox", "Show how many measurements wait, the oldest of them, and the positions.") { config, path, recovered };
        command.SetAction(parsed => Run(new CommandOutput(parsed), parsed.GetValue(config), parsed.GetValue(path), parsed.GetValue(recovered)));
        return command;
    }

    private static int Run(CommandOutput output, string? config, string? path, string? recovered)
    {
        try
        {
            path ??= EdgeOptionsCheck.OutboxPath(EdgeConfiguration.LoadIfAny(config));
            if (recovered is not null)
            {
                OutboxRecovery.Recover(path, recovered);
                path = recovered;
            }

            var status = OutboxInspector.Read(path);
            output.Result(status, ReadableJson.Context.OutboxStatus, Lines(path, status));
            return ExitCode.Ok;
        }
        catch (EdgeOptionsException e)
        {
            return output.Fault(ExitCode.Configuration, e.Message);
        }
        catch (OutboxException e)
        {
            return output.Fault(ExitCode.Outbox, e.Message);
        }
    }

    private static IEnumerable<string> Lines(string path, OutboxStatus status) =>
    [
        $"outbox        {path} ({status.Bytes.ToString("N0", CultureInfo.InvariantCulture)} bytes)",
        $"epoch         {status.Epoch}",
        $"waiting       {status.Waiting} of {status.Devices} devices",
        $"oldest        {(status.Oldest is { } oldest ? DateTimeOffset.FromUnixTimeMilliseconds(oldest).ToString("u", CultureInfo.InvariantCulture) : "-")}",
        $"acknowledged  {status.Acknowledged} of {status.Last}",
        $"refused       {status.Refused}",
    ];
}
