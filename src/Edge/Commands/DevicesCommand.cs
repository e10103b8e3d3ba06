using System.CommandLine;
using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Configuration;
using Dwapi.Edge.Sources.Bluetooth.Devices;

namespace Dwapi.Edge.Commands;

/// <summary>devices: what the edge hears, and which of it is relayed. A running edge takes changes at once.</summary>
internal static class DevicesCommand
{
    public static Command Create()
    {
        var config = new Option<string?>("--config") { Description = "Settings of the edge; edge.json of this folder without it, if there is one." };
        var allow = Address("--allow", "Relay this device.");
        var deny = Address("--deny", "Never relay this device.");
        var forget = Address("--forget", "Treat this device as unknown again.");
        var name = new Option<string?>("--name") { Description = "With --allow: display name." };
        var label = new Option<string?>("--label")
        {
            Description = "With --allow: the room or patient that its measurements belong to from now on; \"\" for none.",
        };
        var trust = new Option<bool?>("--trust-clock") { Description = "With --allow: its clock is better synchronised than the edge's." };
        var energy = new Option<bool?>("--reset-energy")
        {
            Description = "With --allow: a heart rate monitor counts the energy of each wearer from zero (true), or on and on (false).",
        };
        var command = new Command("devices", "Show the Bluetooth devices of the edge, allow or deny them, name and label them.")
        {
            config, allow, deny, forget, name, label, trust, energy,
        };
        command.SetAction(parsed =>
        {
            var output = new CommandOutput(parsed);
            if (parsed.GetValue(allow) is null && new Option[] { name, label, trust, energy }.Any(option => parsed.GetResult(option) is not null))
                return output.Fault(ExitCode.Configuration, "--name, --label, --trust-clock and --reset-energy go with --allow ADDRESS.");
            try
            {
                var options = EdgeConfiguration.LoadIfAny(parsed.GetValue(config));
                var rules = new DeviceRules(EdgeOptionsCheck.DataDirectory(options));
                Change(rules, parsed.GetValue(allow), rule => rule with
                {
                    Allowed = true,
                    Name = parsed.GetValue(name) ?? rule.Name,
                    Label = parsed.GetValue(label) is { } given ? (given.Length == 0 ? null : given) : rule.Label,
                    TrustClock = parsed.GetValue(trust) ?? rule.TrustClock,
                    ResetEnergy = parsed.GetValue(energy) ?? rule.ResetEnergy,
                });
                Change(rules, parsed.GetValue(deny), rule => rule with { Allowed = false });
                Change(rules, parsed.GetValue(forget), _ => null);
                Show(output, rules, DeviceBook.ReadReport(EdgeOptionsCheck.DataDirectory(options)));
                return ExitCode.Ok;
            }
            catch (EdgeOptionsException e)
            {
                return output.Fault(ExitCode.Configuration, e.Message);
            }
        });
        return command;
    }

    private static Option<string?> Address(string name, string description) => new(name) { Description = description, HelpName = "ADDRESS" };

    private static void Change(DeviceRules rules, string? text, Func<DeviceRule, DeviceRule?> change)
    {
        if (text is null)
            return;
        if (!BluetoothAddress.TryParse(text.ToUpperInvariant(), out var address))
            throw new EdgeOptionsException($"{text} is no address. Write AA:BB:CC:00:11:22.");
        rules.Change(address, change);
    }

    private static void Show(CommandOutput output, DeviceRules rules, BluetoothReport? report) => output.Result(
        new DevicesResult([.. rules.Read().Values], report), ReadableJson.Context.DevicesResult, Lines(rules.Path, rules.Read(), report));

    private static IEnumerable<string> Lines(string path, IReadOnlyDictionary<ulong, DeviceRule> rules, BluetoothReport? report)
    {
        yield return $"rules in {path}";
        if (report is not null)
            yield return $"radio {report.Radio}; connections {report.SlotsUsed} used, {report.SlotsFree} free, {report.SlotsWaiting} devices waiting";
        var heard = (report?.Devices ?? []).ToDictionary(device => device.Address);
        foreach (var address in rules.Values.Select(rule => rule.Address).Union(heard.Keys).Order(StringComparer.Ordinal))
        {
            var rule = rules.Values.FirstOrDefault(rule => rule.Address == address);
            var device = heard.GetValueOrDefault(address);
            var allowed = rule is null ? (device?.Allowed == true ? "allowed" : "unknown") : rule.Allowed ? "allowed" : "denied";
            yield return $"{address}  {allowed,-8}{rule?.Name ?? device?.Name}{(rule?.Label is { } label ? $" [{label}]" : "")}  "
                + $"{string.Join(", ", device?.Kinds ?? [])}  {device?.State ?? "not heard"}";
        }
    }
}
