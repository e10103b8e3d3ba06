using System.Net;
using System.Net.Sockets;
using Dwapi.Edge.Mdns;

namespace Dwapi.Edge.Printers.Discovery;

/// <summary>Looks for printers on the network by what their back ends announce. What is found is told to people, and never used by itself.</summary>
internal static class PrinterSearch
{
    // Each with the kind that drives it, and the scheme of its address.
    private static readonly (DnsName Service, string Kind, string Scheme)[] Announced =
    [
        (DnsName.Parse("_moonraker._tcp.local"), "Moonraker", "http"),
        (DnsName.Parse("_octoprint._tcp.local"), "OctoPrint", "http"),
        (DnsName.Parse("_prusalink._tcp.local"), "PrusaLink", "http"),
        (DnsName.Parse("_ipp-3d._tcp.local"), "Ipp", "ipp"),
        (DnsName.Parse("_ipps-3d._tcp.local"), "Ipp", "ipps"),
    ];

    private const int LongestText = 120;
    private const int LongestId = 40;

    /// <summary>Asks until cancelled; that is no fault.</summary>
    /// <param name="interfaces">Addresses of our interfaces.</param>
    /// <param name="seen">Told of all that is known whenever more is.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="SocketException">The network cannot be asked.</exception>
    public static async Task<IReadOnlyList<FoundPrinter>> RunAsync(
        IReadOnlyList<IPAddress> interfaces, Action<IReadOnlyList<FoundPrinter>> seen, TimeProvider time, CancellationToken cancellationToken) =>
        Printers(await new MdnsQuerier(time).AskAsync(
            [.. Announced.Select(announced => announced.Service)], interfaces, instances => seen(Printers(instances)), cancellationToken).ConfigureAwait(false));

    private static IReadOnlyList<FoundPrinter> Printers(IReadOnlyList<MdnsInstance> instances)
    {
        var found = new List<FoundPrinter>();
        foreach (var instance in instances)
        {
            var (_, kind, scheme) = Announced.First(announced => announced.Service.Equals(instance.Service));
            found.Add(new FoundPrinter
            {
                Name = Plain(instance.Name),
                Kind = kind,
                Host = Plain(instance.Host.ToString()),
                Address = Address(scheme, instance),
                Id = Id(instance, found),
                Supported = Enum.TryParse<PrinterKind>(kind, out _),
            });
        }

        return found;
    }

    private static string Address(string scheme, MdnsInstance instance)
    {
        var address = instance.Addresses[0];
        var host = address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

        // The path of IPP is rp, that of the others path; only a plain one is passed on.
        var path = instance.Attributes.GetValueOrDefault(scheme.StartsWith("ipp", StringComparison.Ordinal) ? "rp" : "path", "").Trim('/');
        return path.Length is > 0 and <= LongestText && path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.')
            ? $"{scheme}://{host}:{instance.Port}/{path}"
            : $"{scheme}://{host}:{instance.Port}";
    }

    // The first label of the host is what people named the machine.
    private static string Id(MdnsInstance instance, List<FoundPrinter> others)
    {
        var plain = string.Concat(instance.Host.Labels.Take(1).SelectMany(label => label).Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_').Take(LongestId));
        var id = plain.Length > 0 ? plain.ToLowerInvariant() : "printer";
        return others.All(other => other.Id != id) ? id : Enumerable.Range(2, others.Count + 1).Select(number => $"{id}-{number}").First(next => others.All(other => other.Id != next));
    }

    // It comes from anybody and goes to somebody's terminal.
    private static string Plain(string text) => new([.. text.Where(c => !char.IsControl(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format).Take(LongestText)]);
}
