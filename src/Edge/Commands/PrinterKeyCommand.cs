using System.CommandLine;
using System.Text;
using Dwapi.Edge.Configuration;
using Dwapi.Edge.Files;
using Dwapi.Edge.Printers;
using Dwapi.Edge.Printers.OctoPrint;

namespace Dwapi.Edge.Commands;

/// <summary>printers key: asks the user of an OctoPrint for a key of our own.</summary>
internal static class PrinterKeyCommand
{
    public static Command Create(Option<string> config)
    {
        var printer = new Argument<string>("PRINTER") { Description = "Id of a printer in the settings, or the address of an OctoPrint." };
        var file = new Option<string?>("--file")
        {
            Description = "Write the key there, readable for its owner only, instead of showing it. For an id that has apiKeyFile in the settings that file is the default.",
        };
        var user = new Option<string?>("--user") { Description = "User of OctoPrint whose key it is to be; whoever answers by default." };
        var name = new Option<string>("--name") { Description = "What OctoPrint shows as the one who asks.", DefaultValueFactory = _ => "Dwapi edge" };
        var command = new Command("key", "Get a key from OctoPrint: it asks its user, who allows or denies it on OctoPrint's page.") { printer, file, user, name };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var output = new CommandOutput(parsed);
            try
            {
                var (address, keyFile) = Find(parsed.GetValue(printer)!, parsed.GetValue(config)!);
                keyFile = parsed.GetValue(file) is { } given ? Path.GetFullPath(given) : keyFile;
                using var keys = new OctoPrintKeys(address, TimeProvider.System);
                var key = await keys.RequestAsync(
                    parsed.GetValue(name)!, parsed.GetValue(user), () => output.Say($"Now open {address} and allow the request of \"{parsed.GetValue(name)}\"."), cancellationToken)
                    .ConfigureAwait(false);
                if (keyFile is not null)
                    WholeFile.Write(keyFile, Encoding.UTF8.GetBytes(key + "\n"), secret: true);
                output.Result(
                    new PrinterKeyResult(address, keyFile is null ? key : null, keyFile),
                    ReadableJson.Context.PrinterKeyResult,
                    [keyFile is null ? key : $"The key is in {keyFile}: set apiKeyFile to it."]);
                return ExitCode.Ok;
            }
            catch (OperationCanceledException)
            {
                return output.Fault(ExitCode.Interrupted, "nobody answered; nothing was written");
            }
            catch (PrinterException e)
            {
                return output.Fault(ExitCode.Unwell, e.Message.ReplaceLineEndings(" "));
            }
            catch (EdgeOptionsException e)
            {
                return output.Fault(ExitCode.Configuration, e.Message);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return output.Fault(ExitCode.Configuration, $"{e.Message} Choose another --file and ask again.");
            }
        });
        return command;
    }

    private static (Uri Address, string? KeyFile) Find(string printer, string config)
    {
        if (Uri.TryCreate(printer, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            return (address, null);
        var options = EdgeConfiguration.Load(config).Printers.FirstOrDefault(one => one.Id == printer)
            ?? throw new EdgeOptionsException($"{config} has no printer {printer}. Write its id, or the address of OctoPrint (http://HOST).");
        if (options.Kind != PrinterKind.OctoPrint || options.Address is null)
            throw new EdgeOptionsException($"{printer} is no OctoPrint with an address in {config}; others have no keys to give.");
        return (options.Address, options.ApiKeyFile);
    }
}
