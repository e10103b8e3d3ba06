using System.Text;
using System.Text.Json;

namespace Dwapi.Gotapi.Health;

/// <summary>One member of the device object.</summary>
internal sealed class DeviceMember(string name, Func<DeviceObject, string> value)
{
    public string Name { get; } = name;

    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    public JsonEncodedText EncodedName { get; } = JsonEncodedText.Encode(name);

    public string ValueOf(DeviceObject device) => value(device);
}
