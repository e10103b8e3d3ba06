namespace Dwapi.Edge.Tests.Bluetooth.Contract;

/// <summary>What a staged device can refuse.</summary>
internal enum StagedOperation
{
    Read,
    Write,
    Subscribe,
}
