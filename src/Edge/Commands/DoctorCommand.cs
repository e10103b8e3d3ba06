using System.CommandLine;
using Dwapi.Edge.Configuration;
using Dwapi.Edge.Diagnosis;
using Dwapi.Edge.Sources.Bluetooth;

namespace Dwapi.Edge.Commands;

/// <summary>doctor: what stands between the devices and the server, each with what to do.</summary>
internal static class DoctorCommand
{
    public static Command Create(RadioFactory radio)
    {
        var config = new Option<string>("--config") { Description = "Settings; see docs/edge.md.", DefaultValueFactory = _ => EdgeConfiguration.DefaultFile };
        var command = new Command("doctor", "Check settings, Bluetooth, clock, disk, outbox and server; works while the edge runs.") { config };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var output = new CommandOutput(parsed);
            try
            {
                var options = EdgeConfiguration.Load(parsed.GetValue(config)!);
                var findings = await Doctor.ExamineAsync(options, radio, TimeProvider.System, cancellationToken).ConfigureAwait(false);
                output.Result(
                    new DoctorResult(findings.All(finding => finding.Ok), findings),
                    ReadableJson.Context.DoctorResult,
                    findings.Select(finding =>
                        $"{(finding.Ok ? "ok  " : "BAD ")} {finding.What,-10} {finding.Found}{(finding.Mend is { } mend ? $" -> {mend}" : "")}"));
                return findings.All(finding => finding.Ok) ? ExitCode.Ok : ExitCode.Unwell;
            }
            catch (EdgeOptionsException e)
            {
                return output.Fault(ExitCode.Configuration, e.Message);
            }
        });
        return command;
    }
}
