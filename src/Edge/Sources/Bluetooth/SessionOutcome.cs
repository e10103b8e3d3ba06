namespace Dwapi.Edge.Sources.Bluetooth;

/// <summary>How a session with a device ended.</summary>
internal enum SessionOutcome
{
    /// <summary>The device dropped the connection: it has sent what it had.</summary>
    DeviceLeft,

    /// <summary>Nothing came for a while; it was let go.</summary>
    Idle,

    /// <summary>Others waited, and it had had its turn.</summary>
    TurnOver,

    /// <summary>The operator changed what holds for it: its next values come under the new rule.</summary>
    RuleChanged,

    /// <summary>The edge stops.</summary>
    Stopped,
}
