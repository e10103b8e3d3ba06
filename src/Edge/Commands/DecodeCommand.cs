using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Dwapi.Edge.Gatt;
using Dwapi.Edge.Health;
using Dwapi.Edge.Sources;
using Dwapi.Gotapi.Quantities;

namespace Dwapi.Edge.Commands;

/// <summary>decode CHARACTERISTIC HEX: what a payload says.</summary>
internal static class DecodeCommand
{
    public static Command Create()
    {
        var characteristic = new Argument<string>("CHARACTERISTIC")
        {
            Description = $"2A1C, 0x2A1C, a UUID, or a name: {string.Join(", ", CharacteristicName.All.Keys.Order(StringComparer.Ordinal))}.",
        };
        var hex = new Argument<string[]>("HEX")
        {
            Description = "The payload: pairs of hex digits, with or without spaces. Several arguments are joined; a plus between them begins the "
                + "next packet of the same device.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("decode", "Decode one GATT payload and show the JSON object and its fields.") { characteristic, hex };
        command.SetAction(parsed => Run(new CommandOutput(parsed), parsed.GetRequiredValue(characteristic), parsed.GetRequiredValue(hex)));
        return command;
    }

    private static int Run(CommandOutput output, string name, string[] hex)
    {
        if (!CharacteristicName.TryParse(name, out var characteristic))
            return output.Fault(ExitCode.NotDecoded, $"{name} is no characteristic. Write 2A1C, a UUID or a name; see dwapi-edge decode --help.");

        var device = new HealthDevice("00:00:00:00:00:00", TimeZoneInfo.Local);
        HealthExplanation? explanation = null;
        foreach (var packet in string.Concat(hex).Split('+'))
        {
            if (!HexText.TryParse(packet, out var payload))
                return output.Fault(ExitCode.NotDecoded, "HEX is not pairs of hex digits. Write for example 06 B0 0E 00 FE.");
            explanation = HealthDecoder.Explain(characteristic, payload, device, TimeProvider.System.GetUtcNow());
        }

        return Show(output, characteristic, explanation!);
    }

    private static int Show(CommandOutput output, ushort characteristic, HealthExplanation explanation)
    {
        var reason = Reason(explanation.Reading);
        JsonElement? shown = explanation.Json is null ? null : JsonElement.Parse(explanation.Json);
        var result = new DecodeResult(
            characteristic.ToString("X4", CultureInfo.InvariantCulture), explanation.Reading.Outcome, reason, shown, explanation.Fields);
        output.Result(result, ReadableJson.Context.DecodeResult, Lines(explanation, shown));
        return reason is null ? ExitCode.Ok : output.Fault(ExitCode.NotDecoded, reason);
    }

    private static IEnumerable<string> Lines(HealthExplanation explanation, JsonElement? shown)
    {
        if (shown is { } json)
            yield return JsonSerializer.Serialize(json, IndentedJson.Context.JsonElement);
        var width = explanation.Fields.Select(field => field.Name.Length).DefaultIfEmpty(0).Max();
        foreach (var field in explanation.Fields)
            yield return $"{field.Name.PadRight(width)}  {field.Text}";
        if (explanation.Reading.Outcome == HealthOutcome.Intermediate)
            yield return "An intermediate value: sent live, never stored.";
    }

    private static string? Reason(in HealthReading reading) => reading.Outcome switch
    {
        HealthOutcome.NoValue => $"the device says that it has no result ({(reading.NoValue == NoValue.None ? "unsuccessful" : reading.NoValue)}).",
        HealthOutcome.Incomplete => "this is the first packet of two; add the second one after a plus.",
        HealthOutcome.Refused => reading.Fault switch
        {
            GattFault.TooShort => "the payload is shorter than its flags require.",
            GattFault.MiPrivateLayout => "this is the private layout of a Mi scale, which only borrows the number of the characteristic.",
            GattFault.UnknownCharacteristic => "there is no decoder for this characteristic; dwapi-edge decode --help lists those there are.",
            var fault => $"the payload is refused: {fault}.",
        },
        _ => null,
    };
}
