using Dwapi.Edge.Link;
using Microsoft.Extensions.Logging;

namespace Dwapi.Edge.Commands;

/// <summary>Runs an edge until its sources are done and acknowledged; for the verbs replay and simulate.</summary>
internal static class EdgeRun
{
    /// <summary>Logs go to the error output, so that a result stays alone on the output.</summary>
    public static ILoggerFactory Logging() => LoggerFactory.Create(builder => builder
        .AddSimpleConsole(console => console.SingleLine = true)
        .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));

    /// <summary>Runs to the end.</summary>
    public static async Task<int> ToTheEndAsync(EdgeOptions options, CommandOutput output, CancellationToken cancellationToken)
    {
        var temporary = options.Outbox is null ? Directory.CreateTempSubdirectory("dwapi-edge-") : null;
        options.Outbox ??= Path.Combine(temporary!.FullName, "outbox");
        try
        {
            using var loggers = Logging();
            await using var edge = new EdgeHost(options, loggers, TimeProvider.System);
            await edge.StartAsync(cancellationToken).ConfigureAwait(false);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var done = edge.DrainAsync(ending.Token);
            var refused = edge.WaitForLinkAsync(LinkState.Refused, ending.Token);
            var first = await Task.WhenAny(done, refused).ConfigureAwait(false);
            await ending.CancelAsync().ConfigureAwait(false);
            await first.ConfigureAwait(false);
            if (first == refused)
                return output.Fault(ExitCode.ServerRefused, $"{edge.Status.Link.Reason?.TrimEnd('.')}. Check --edge-id and --key.");
            Report(output, edge.Status);
            return ExitCode.Ok;
        }
        catch (EdgeOptionsException e)
        {
            return output.Fault(ExitCode.Of(e), e.Message);
        }
        catch (OperationCanceledException)
        {
            return output.Fault(ExitCode.Interrupted, temporary is null
                ? $"interrupted; what is not acknowledged waits in {options.Outbox}."
                : "interrupted; what was not acknowledged is gone. Give --outbox to keep it.");
        }
        finally
        {
            temporary?.Delete(recursive: true);
        }
    }

    private static void Report(CommandOutput output, EdgeStatus status) => output.Result(
        status,
        ReadableJson.Context.EdgeStatus,
        [
            $"{status.Measurements} measurements of {status.Services} devices are sent and acknowledged.",
            $"{status.WithoutValue} payloads without a value, {status.RefusedPayloads} refused.",
        ]);
}
