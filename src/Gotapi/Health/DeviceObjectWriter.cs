using System.Buffers;

namespace Dwapi.Gotapi.Health;

/// <summary>Writes the device slice: the device object with all members but batteryLevel, which is a slice of its own.</summary>
public static class DeviceObjectWriter
{
    /// <summary>Writes the slice.</summary>
    /// <param name="device">The device.</param>
    /// <param name="hasModelName">True to add modelName (thermometer, see <see cref="HealthAttribute.HasModelName"/>).</param>
    /// <param name="output">Where to.</param>
    public static void Write(DeviceObject device, bool hasModelName, IBufferWriter<byte> output)
    {
        var json = PooledJson.Rent(output);
        json.WriteStartObject();
        foreach (var member in DeviceMembers.All)
        {
            json.WriteString(member.EncodedName, member.ValueOf(device));
            if (hasModelName && member.Name == DeviceMembers.ModelNumber)
                json.WriteString(DeviceMembers.EncodedModelName, device.ModelNumber);
        }

        json.WriteEndObject();
        json.Flush();
        PooledJson.Return(json);
    }

    /// <summary>The slice as bytes of its own.</summary>
    public static byte[] ToUtf8(DeviceObject device, bool hasModelName)
    {
        var output = new ArrayBufferWriter<byte>(512);
        Write(device, hasModelName, output);
        return output.WrittenSpan.ToArray();
    }
}
