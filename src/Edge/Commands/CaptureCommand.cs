using System.CommandLine;
using Dwapi.Edge.Sources.Bluetooth;
using Dwapi.Edge.Sources.Replay;

namespace Dwapi.Edge.Commands;

/// <summary>capture FILE: writes what the devices in sight send as a capture, which replay plays.</summary>
internal static class CaptureCommand
{
    public static Command Create(RadioFactory open)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "The capture; lines are added at its end. It holds measured values of people: keep it as such.",
        };
        var addresses = Watching.Addresses();
        var radio = new RadioArguments(open);
        var command = new Command("capture", "Connect to the health devices in sight and write what they send to a capture file.") { file, addresses };
        radio.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var output = new CommandOutput(parsed);
            var path = parsed.GetRequiredValue(file);
            try
            {
                await using var writer = new CaptureWriter(path);
                var code = await Watching.RunAsync(output, radio, parsed, addresses, writer, cancellationToken).ConfigureAwait(false);
                if (code == ExitCode.Ok || writer.Lines > 0)
                    output.Result(new CaptureResult(path, writer.Lines), ReadableJson.Context.CaptureResult, [$"{writer.Lines} values in {path}."]);
                return code;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return output.Fault(ExitCode.Configuration, $"{path} cannot be written: {e.Message}");
            }
        });
        return command;
    }
}
