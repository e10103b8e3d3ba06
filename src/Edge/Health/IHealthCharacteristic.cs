using System.Buffers;
using Dwapi.Gotapi.Health;

namespace Dwapi.Edge.Health;

/// <summary>
/// One characteristic that carries measurements: decodes its payload and writes the quantities. A new kind of health device is one of
/// these, a line in <see cref="HealthCharacteristics"/> and an entry in <see cref="HealthAttributes"/>.
/// </summary>
internal interface IHealthCharacteristic
{
    /// <summary>16-bit number of the characteristic.</summary>
    ushort Number { get; }

    /// <summary>Its name in the specification, in lower case with hyphens: what <c>decode</c> takes.</summary>
    string Name { get; }

    /// <summary>The attribute that its measurements belong to.</summary>
    HealthAttribute Attribute { get; }

    /// <summary>Decodes a payload and writes the quantities slice, if it is a measurement.</summary>
    HealthReading Decode(ReadOnlySpan<byte> payload, HealthDevice device, DateTimeOffset receivedAt, IBufferWriter<byte> output);

    /// <summary>The fields of a payload for people.</summary>
    /// <returns>Empty if the payload is malformed.</returns>
    IReadOnlyList<DecodedField> Describe(ReadOnlySpan<byte> payload);
}
