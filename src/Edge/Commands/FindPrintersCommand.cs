using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dwapi.Edge.Mdns;
using Dwapi.Edge.Printers.Discovery;

namespace Dwapi.Edge.Commands;

/// <summary>printers find: the 3D printers that announce themselves on the network, and the settings to add for them.</summary>
internal static class FindPrintersCommand
{
    private const double LongestSearch = 600;

    public static Command Create()
    {
        var seconds = new Option<double>("--seconds") { Description = "End after so many seconds, 0.1 to 600.", DefaultValueFactory = _ => 4 };
        var networks = new Option<string[]>("--interface") { Description = "Ask only on the interface with this address; may be given more than once." };
        var count = new Option<int?>("--count") { Description = "End when so many printers are found." };
        var command = new Command("find", "Look for 3D printers on the network (mDNS) and print the settings to add; adds none by itself.") { seconds, count, networks };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new CommandOutput(parsed), parsed.GetValue(seconds), parsed.GetValue(count) ?? int.MaxValue, parsed.GetValue(networks) ?? [], cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandOutput output, double seconds, int count, string[] networks, CancellationToken cancellationToken)
    {
        if (seconds is not (>= 0.1 and <= LongestSearch))
            return output.Fault(ExitCode.Configuration, "--seconds is 0.1 to 600");
        var addresses = new List<IPAddress>();
        foreach (var network in networks)
        {
            if (!IPAddress.TryParse(network, out var address) || address.AddressFamily != AddressFamily.InterNetwork)
                return output.Fault(ExitCode.Configuration, $"--interface: {network} is no IPv4 address of this machine");
            addresses.Add(address);
        }

        var interfaces = addresses.Count > 0 ? addresses : MdnsQuerier.Interfaces();
        if (interfaces.Count == 0)
            return output.Fault(ExitCode.Unwell, "there is no network with multicast; connect one, or name an interface by --interface");
        output.Say(string.Create(CultureInfo.InvariantCulture, $"asking for {seconds:0.#} s on {string.Join(", ", interfaces)}"));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(seconds));
        var told = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            var found = await PrinterSearch.RunAsync(interfaces, Seen, TimeProvider.System, limit.Token).ConfigureAwait(false);
            output.Result(new FindPrintersResult(found), ReadableJson.Context.FindPrintersResult, Lines(found));
            return cancellationToken.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Ok;
        }
        catch (SocketException e)
        {
            return output.Fault(ExitCode.Unwell, $"the network cannot be asked: {e.Message}; look at its state, or name another interface by --interface");
        }

        void Seen(IReadOnlyList<FoundPrinter> seen)
        {
            Tell(output, told, seen);
            if (seen.Count >= count)
                limit.CancelAsync();
        }
    }

    private static void Tell(CommandOutput output, HashSet<string> told, IReadOnlyList<FoundPrinter> seen)
    {
        foreach (var printer in seen)
        {
            lock (told)
            {
                if (!told.Add($"{printer.Kind} {printer.Address}"))
                    continue;
            }

            output.Say($"{printer.Kind} {printer.Address}");
        }
    }

    private static IEnumerable<string> Lines(IReadOnlyList<FoundPrinter> found)
    {
        if (found.Count == 0)
        {
            yield return "No printer answers. It may be off, in another network, or not announce itself: add it by its address then.";
            yield break;
        }

        foreach (var printer in found)
            yield return $"{printer.Name}  {printer.Kind}  {printer.Address}  ({printer.Host}){(printer.Supported ? "" : "  this edge has no connector for it")}";
        var known = found.Where(printer => printer.Supported).ToList();
        if (known.Count == 0)
            yield break;
        yield return "";
        yield return "Anybody on the network can announce a printer. Keep those that are yours, and add them to the settings of the edge:";
        yield return "\"printers\": [";
        for (var i = 0; i < known.Count; i++)
            yield return $"  {{ \"id\": \"{known[i].Id}\", \"kind\": \"{known[i].Kind}\", \"address\": \"{known[i].Address}\" }}{(i < known.Count - 1 ? "," : "")}";
        yield return "]";
    }
}
