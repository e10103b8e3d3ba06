namespace Dwapi.Edge.Bluetooth;

/// <summary>The person at a pairing.</summary>
internal interface IPairingDialog
{
    /// <summary>Asks for the passkey that the device shows or that is printed on it, 0 to 999999.</summary>
    Task<uint> AskPasskeyAsync(CancellationToken cancellationToken);

    /// <summary>Shows a passkey that has to be typed at the device.</summary>
    void ShowPasskey(uint passkey);

    /// <summary>Asks whether the device shows this passkey too.</summary>
    Task<bool> ConfirmAsync(uint passkey, CancellationToken cancellationToken);
}
