using System.CommandLine;
using System.Globalization;
using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Signals;
using Dwapi.Edge.Sources.Bluetooth;

namespace Dwapi.Edge.Commands;

/// <summary>pair ADDRESS: makes a bond with a device.</summary>
internal static class PairCommand
{
    private const uint LargestPasskey = 999_999;

    private static readonly TimeSpan LongestSearch = TimeSpan.FromSeconds(60);

    public static Command Create(RadioFactory open)
    {
        var address = new Argument<string>("ADDRESS") { Description = "The device, AA:BB:CC:00:11:22; make it advertise now." };
        var passkey = new Option<uint?>("--passkey") { Description = "The passkey that the device shows or that is printed on it; asked for without it." };
        var radio = new RadioArguments(open);
        var command = new Command("pair", "Make a bond with a device: Just Works, or by a passkey.") { address, passkey };
        radio.AddRadioTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new CommandOutput(parsed), radio, radio.Read(parsed), parsed.GetRequiredValue(address), parsed.GetValue(passkey), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        CommandOutput output, RadioArguments radio, BluetoothOptions options, string text, uint? passkey, CancellationToken cancellationToken)
    {
        if (!BluetoothAddress.TryParse(text.ToUpperInvariant(), out var address))
            return output.Fault(ExitCode.Configuration, $"{text} is no address. Write AA:BB:CC:00:11:22; dwapi-edge scan shows those in sight.");
        if (passkey > LargestPasskey)
            return output.Fault(ExitCode.Configuration, "--passkey is six digits.");
        RadioTrouble? trouble = null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            using var loggers = EdgeRun.Logging();
            var central = radio.Open(options, TimeProvider.System, loggers.CreateLogger("Dwapi.Edge"));
            trouble = new RadioTrouble(central, output, stop);
            var heard = new Pulse();
            var inSight = false;
            central.DeviceAdvertised += advertisement =>
            {
                inSight |= advertisement.Address.Bits == address.Bits;
                heard.Raise();
            };
            var running = central.RunAsync([], stop.Token);
            BluetoothAddress bonded;
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
                limit.CancelAfter(LongestSearch);
                for (var next = heard.Next; !inSight; next = heard.Next)
                    await next.WaitAsync(limit.Token).ConfigureAwait(false);
                bonded = await central.PairAsync(address, new ConsoleDialog(output, passkey), stop.Token).ConfigureAwait(false);
            }
            finally
            {
                await stop.CancelAsync().ConfigureAwait(false);
                await running.ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
            }

            output.Result(
                new PairResult($"{bonded}", Paired: true),
                ReadableJson.Context.PairResult,
                [$"{bonded} is paired. dwapi-edge devices --allow {bonded} relays it."]);
            return ExitCode.Ok;
        }
        catch (EdgeOptionsException e)
        {
            return output.Fault(ExitCode.Configuration, e.Message);
        }
        catch (BluetoothException e)
        {
            return output.Fault(ExitCode.Bluetooth, $"{address} is not paired: {e.Message.TrimEnd('.')}.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return output.Fault(ExitCode.Bluetooth, trouble?.Problem is { } problem
                ? $"{address} is not paired: {problem}" : $"{address} was not heard within {LongestSearch.TotalSeconds:0} s. Bring it into its pairing mode and try again.");
        }
        catch (OperationCanceledException)
        {
            return output.Fault(ExitCode.Interrupted, "interrupted.");
        }
    }

    private sealed class ConsoleDialog(CommandOutput output, uint? given) : IPairingDialog
    {
        public async Task<uint> AskPasskeyAsync(CancellationToken cancellationToken)
        {
            if (given is { } passkey)
                return passkey;
            output.Say("Passkey of the device:");
            var typed = await Console.In.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            return uint.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= LargestPasskey
                ? number : throw new BluetoothException(BluetoothFault.NeedsPairing, "a passkey is six digits");
        }

        public void ShowPasskey(uint passkey) => output.Say($"Type {passkey:D6} at the device.");

        public async Task<bool> ConfirmAsync(uint passkey, CancellationToken cancellationToken)
        {
            if (given is { } expected)
                return expected == passkey;
            output.Say($"Does the device show {passkey:D6}? y/n");
            return await Console.In.ReadLineAsync(cancellationToken).ConfigureAwait(false) is "y" or "Y" or "yes";
        }
    }
}
