using Dwapi.Edge.DBus;

namespace Dwapi.Edge.Bluetooth.BlueZ;

/// <summary>The pairing agent: what bluetoothd asks while it pairs, a person answers.</summary>
internal sealed class BlueZAgent : IAsyncDisposable
{
    private const string Path = "/org/dwapi/agent";
    private const string Capability = "KeyboardDisplay";
    private const string Rejected = "org.bluez.Error.Rejected";

    private readonly BlueZSession _session;
    private readonly IPairingDialog _dialog;
    private readonly IDisposable _served;

    private BlueZAgent(BlueZSession session, IPairingDialog dialog)
    {
        _session = session;
        _dialog = dialog;
        _served = session.Connection.Serve(Path, BlueZNames.Agent, AnswerAsync);
    }

    /// <summary>Makes bluetoothd ask here for pairings of this connection.</summary>
    public static async Task<BlueZAgent> RegisterAsync(BlueZSession session, IPairingDialog dialog, CancellationToken cancellationToken)
    {
        var agent = new BlueZAgent(session, dialog);
        try
        {
            await session.CallAsync(BlueZNames.ManagerPath, BlueZNames.RegisterAgent, cancellationToken, new DBusPath(Path), Capability).ConfigureAwait(false);
            return agent;
        }
        catch
        {
            agent._served.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _session.CallAsync(BlueZNames.ManagerPath, BlueZNames.UnregisterAgent, CancellationToken.None, new DBusPath(Path)).ConfigureAwait(false);
        }
        catch (BluetoothException)
        {
            // bluetoothd is gone, and the registration with it.
        }

        _served.Dispose();
    }

    private async Task<DBusMessage> AnswerAsync(DBusMessage call, CancellationToken cancellationToken)
    {
        // Only bluetoothd may ask: another program could make a person type the passkey for it.
        if (call.Sender != _session.Objects.Owner)
            throw new DBusErrorException(DBusErrorException.AccessDenied, "Only bluetoothd asks here.");
        try
        {
            return await AskAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (BluetoothException e)
        {
            throw new DBusErrorException(Rejected, e.Message);
        }
    }

    private async Task<DBusMessage> AskAsync(DBusMessage call, CancellationToken cancellationToken)
    {
        switch (call.Member)
        {
            case "RequestPasskey":
                return call.Reply("u", await _dialog.AskPasskeyAsync(cancellationToken).ConfigureAwait(false));
            case "RequestConfirmation":
                var passkey = (uint)call.ReadBody("ou")[1];
                return await _dialog.ConfirmAsync(passkey, cancellationToken).ConfigureAwait(false)
                    ? call.Reply() : throw new DBusErrorException(Rejected, "The person did not confirm.");
            case "DisplayPasskey":
                _dialog.ShowPasskey((uint)call.ReadBody("ouq")[1]);
                return call.Reply();
            case "RequestAuthorization" or "AuthorizeService" or "Release" or "Cancel":
                return call.Reply();
            default:
                throw new DBusErrorException(Rejected, $"{call.Member} is not used by low energy devices.");
        }
    }
}
