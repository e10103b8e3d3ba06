using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Dwapi.Edge.Gatt;
using Dwapi.Edge.Health;
using Dwapi.Edge.Sources;
using Dwapi.Edge.Sources.Bluetooth;

namespace Dwapi.Edge.Commands;

/// <summary>monitor: what the devices in sight send, decoded, with the bytes; nothing is relayed.</summary>
internal static class MonitorCommand
{
    public static Command Create(RadioFactory open)
    {
        var addresses = Watching.Addresses();
        var radio = new RadioArguments(open);
        var command = new Command(
            "monitor", "Connect to the health devices in sight and show each value, decoded, with its bytes. With --json, one object a line.")
        {
            addresses,
        };
        radio.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var output = new CommandOutput(parsed);
            return Watching.RunAsync(output, radio, parsed, addresses, new Sink(output), cancellationToken);
        });
        return command;
    }

    private sealed class Sink(CommandOutput output) : IMeasurementSink
    {
        private readonly Dictionary<string, HealthDevice> _devices = [];
        private readonly Lock _lock = new();

        public void Announce(SourceDevice device)
        {
            lock (_lock)
                _devices[device.ServiceId] = new HealthDevice(device.ServiceId, TimeZoneInfo.Local) { Name = device.Name };
            Say(device.ServiceId, $"connected{(device.Name is { } name ? $", {name}" : "")}");
        }

        public void Gone(string serviceId) => Say(serviceId, "disconnected");

        public Task AcceptAsync(string serviceId, GattValue value, DateTimeOffset receivedAt, CancellationToken cancellationToken)
        {
            HealthExplanation explanation;
            lock (_lock)
                explanation = HealthDecoder.Explain(value.Characteristic, value.Payload.Span, _devices[serviceId], receivedAt);
            var reading = explanation.Reading;
            var fields = string.Join(", ", explanation.Fields.Select(field => $"{field.Name} {field.Text}"));
            var fault = reading.Fault == GattFault.None ? "" : $" ({reading.Fault})";
            output.Line(
                new MonitorLine(
                    receivedAt, serviceId, value.Characteristic.ToString("X4", CultureInfo.InvariantCulture), Convert.ToHexString(value.Payload.Span),
                    reading.Outcome, explanation.Json is null ? null : JsonElement.Parse(explanation.Json), explanation.Fields),
                ReadableJson.Context.MonitorLine,
                $"{receivedAt:HH:mm:ss.fff}  {serviceId}  {value.Characteristic:X4}  {reading.Outcome}{fault}  {fields}  "
                    + $"[{Convert.ToHexString(value.Payload.Span)}]");
            return Task.CompletedTask;
        }

        private void Say(string serviceId, string what) => output.Say($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff}  {serviceId}  {what}");
    }
}
