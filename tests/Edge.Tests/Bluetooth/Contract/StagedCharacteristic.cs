using Dwapi.Edge.Bluetooth;

namespace Dwapi.Edge.Tests.Bluetooth.Contract;

/// <summary>A characteristic of a staged device; its number is the only one of the device.</summary>
internal sealed record StagedCharacteristic(ushort Service, ushort Number, CharacteristicProperties Properties, params byte[] Value);
