namespace Dwapi.Edge.Sources;

/// <summary>One value of one characteristic, as the device sent it.</summary>
/// <param name="Characteristic">16-bit number.</param>
/// <param name="Payload">The bytes.</param>
internal readonly record struct GattValue(ushort Characteristic, ReadOnlyMemory<byte> Payload);
