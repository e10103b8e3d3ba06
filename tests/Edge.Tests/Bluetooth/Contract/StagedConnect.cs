namespace Dwapi.Edge.Tests.Bluetooth.Contract;

/// <summary>What a staged device does when it is connected to.</summary>
internal enum StagedConnect
{
    /// <summary>It takes the connection.</summary>
    Accepted,

    /// <summary>It cannot be connected to.</summary>
    Refused,

    /// <summary>Nothing comes of it, ever.</summary>
    Unanswered,
}
