using System.CommandLine;

namespace Dwapi.Edge.Commands;

/// <summary>replay FILE --to ADDRESS: plays a capture and ends when the server has all of it.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "Capture: JSON lines with time, address, characteristic and hex." };
        var fast = new Option<bool>("--fast") { Description = "As fast as possible, dated as captured; otherwise with its own pauses, dated now." };
        var server = new ServerArguments();
        var command = new Command("replay", "Play a capture file to a server and wait until it has acknowledged all of it.") { file, fast };
        server.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var options = server.Read(parsed);
            options.Replay = new ReplayOptions { File = parsed.GetRequiredValue(file), Fast = parsed.GetValue(fast) };
            return EdgeRun.ToTheEndAsync(options, new CommandOutput(parsed), cancellationToken);
        });
        return command;
    }
}
