using System.CommandLine;
using Dwapi.Edge.Commands;
using Dwapi.Edge.Printers;

namespace Dwapi.VirtualPrinters;

/// <summary>virtual-printer --port N: printers for demonstrations and tests, a process of their own.</summary>
internal static class VirtualPrinterCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "Port on loopback; 0 takes a free one and prints it.", DefaultValueFactory = _ => 7125 };
        var count = new Option<int>("--count")
        {
            Description = "How many printers, 1 to 2000, each at a port of its own: --port and those behind it.",
            DefaultValueFactory = _ => 1,
        };
        var folder = new Option<string?>("--data") { Description = "Folder of its files and history, which survive its end; a temporary one without it." };
        var name = new Option<string>("--name") { Description = "Its name.", DefaultValueFactory = _ => "virtual-printer" };
        var scale = new Option<double>("--time-scale")
        {
            Description = "Seconds of the printer per second, 0 to 100000; at 0 its clock stands until POST /virtual/advance?seconds=N.",
            DefaultValueFactory = _ => 1,
        };
        var key = new Option<string?>("--api-key") { Description = "Key that every call has to show; everybody may call without it." };
        var size = new Option<string>("--size") { Description = "Print size in millimetres.", DefaultValueFactory = _ => "220x220x250" };
        var command = new Command(
            "virtual-printer", "A virtual 3D printer that speaks Moonraker's API. GET /virtual shows what can be done to it, POST /virtual/filament-out does it.")
        {
            port, count, folder, name, scale, key, size,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var output = new CommandOutput(parsed);
            if (PrintVolume.Parse(parsed.GetValue(size)) is not { } volume)
                return output.Fault(ExitCode.Configuration, "--size: write XxYxZ in millimetres, for example 220x220x250");
            if (parsed.GetValue(scale) is < 0 or > 100_000)
                return output.Fault(ExitCode.Configuration, "--time-scale: 0 to 100000");
            if (parsed.GetValue(count) is < 1 or > 2000)
                return output.Fault(ExitCode.Configuration, "--count: 1 to 2000");
            var temporary = parsed.GetValue(folder) is null ? Directory.CreateTempSubdirectory("dwapi-virtual-printer-") : null;
            try
            {
                var options = new VirtualPrinterOptions
                {
                    Port = parsed.GetValue(port),
                    Count = parsed.GetValue(count),
                    Folder = parsed.GetValue(folder) ?? temporary!.FullName,
                    Name = parsed.GetValue(name)!,
                    TimeScale = parsed.GetValue(scale),
                    ApiKey = parsed.GetValue(key),
                    Size = (volume.X, volume.Y, volume.Z),
                };
                await using var host = await VirtualPrinterHost.StartAsync(options, TimeProvider.System, cancellationToken).ConfigureAwait(false);
                var addresses = host.Addresses.ToArray();
                output.Result(
                    new VirtualPrinterResult(addresses[0], addresses, options.Folder),
                    VirtualPrinterJson.Readable.VirtualPrinterResult,
                    addresses.Select((at, index) => $"{options.Of(index).Name} prints at {at} (Moonraker), control at {new Uri(at, "/virtual")}, data in {options.Of(index).Folder}"));
                await host.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return ExitCode.Ok;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return output.Fault(ExitCode.Configuration, $"{e.Message} Choose another --port or --data.");
            }
            finally
            {
                temporary?.Delete(recursive: true);
            }
        });
        return command;
    }
}
