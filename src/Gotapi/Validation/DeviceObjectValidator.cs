using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Health;

namespace Dwapi.Gotapi.Validation;

/// <summary>
/// The door for device slices: an object with all members of the device object as strings, and without batteryLevel, which is a
/// slice of its own. Known other spellings (modelName for modelNumber, a systemId of another form) are rewritten once.
/// </summary>
public static class DeviceObjectValidator
{
    private const int ModelNameBit = 1 << 16;

    /// <summary>Checks a device slice.</summary>
    /// <param name="device">The slice.</param>
    /// <param name="hasModelName">True if it has to carry modelName too (thermometer).</param>
    public static DeviceValidation Validate(ReadOnlyMemory<byte> device, bool hasModelName)
    {
        try
        {
            var result = Check(device, device.Span, hasModelName, out var needsRewriting);
            if (result.Refusal.IsRefused || !needsRewriting)
                return result;

            var rewritten = Rewrite(device, hasModelName);
            return Check(rewritten, rewritten.Span, hasModelName, out _) with { Rewritten = true };
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return Refused(HealthFault.NotJson);
        }
    }

    private static DeviceValidation Check(ReadOnlyMemory<byte> memory, ReadOnlySpan<byte> slice, bool hasModelName, out bool needsRewriting)
    {
        needsRewriting = false;
        if (!SliceReader.TryBegin(slice, LinkLimits.MaxDeviceBytes, out var json, out var fault))
            return Refused(fault);

        Span<Range> names = stackalloc Range[LinkLimits.MaxMembers];
        var members = new MemberNames(names);
        var found = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            fault = members.Add(in json, slice);
            if (fault == HealthFault.None && json.ValueTextEquals(DeviceMembers.BatteryLevel))
                return Refused(HealthFault.ReservedMember, DeviceMembers.BatteryLevel);
            if (fault != HealthFault.None)
                return Refused(fault);

            var index = DeviceMembers.IndexOf(json.ValueSpan);
            var modelName = index < 0 && json.ValueTextEquals(DeviceMembers.ModelName);
            json.Read();
            if (index < 0 && !modelName)
            {
                fault = SliceReader.Skip(ref json, slice);
                if (fault != HealthFault.None)
                    return Refused(fault);
                continue;
            }

            found |= modelName ? ModelNameBit : 1 << index;
            var name = modelName ? DeviceMembers.ModelName : DeviceMembers.All[index].Name;
            if (json.TokenType != JsonTokenType.String || json.ValueSpan.Length > LinkLimits.MaxTextBytes
                || (name == DeviceMembers.ProductName && json.ValueSpan.IsEmpty))
            {
                return Refused(HealthFault.InvalidMember, name);
            }

            if (name == DeviceMembers.SystemId && !IsSystemId(json.ValueSpan))
            {
                if (SystemIdOf(json.GetString()!) is null)
                    return Refused(HealthFault.InvalidMember, name);
                needsRewriting = true;
            }
        }

        json.Read();
        return Complete(memory, found, hasModelName, ref needsRewriting);
    }

    private static DeviceValidation Complete(ReadOnlyMemory<byte> memory, int found, bool hasModelName, ref bool needsRewriting)
    {
        for (var index = 0; index < DeviceMembers.All.Length; index++)
        {
            if ((found & (1 << index)) != 0)
                continue;

            // The thermometer's table says modelName where everything else says modelNumber.
            if (DeviceMembers.All[index].Name != DeviceMembers.ModelNumber || (found & ModelNameBit) == 0)
                return Refused(HealthFault.MissingMember, DeviceMembers.All[index].Name);
            needsRewriting = true;
        }

        needsRewriting |= hasModelName && (found & ModelNameBit) == 0;
        return new DeviceValidation { Device = memory };
    }

    private static ReadOnlyMemory<byte> Rewrite(ReadOnlyMemory<byte> device, bool hasModelName)
    {
        using var document = JsonDocument.Parse(device);
        var output = new ArrayBufferWriter<byte>(device.Length + 64);
        var json = PooledJson.Rent(output);
        var root = document.RootElement;
        json.WriteStartObject();
        foreach (var member in root.EnumerateObject())
        {
            if (member.NameEquals(DeviceMembers.SystemId))
            {
                json.WriteString(member.Name, SystemIdOf(member.Value.GetString()!));
                continue;
            }

            json.WritePropertyName(member.Name);
            json.WriteRawValue(JsonMarshal.GetRawUtf8Value(member.Value), skipInputValidation: true);
        }

        if (!root.TryGetProperty(DeviceMembers.ModelNumber, out var number))
            json.WriteString(DeviceMembers.ModelNumber, root.GetProperty(DeviceMembers.ModelName).GetString());
        else if (hasModelName && !root.TryGetProperty(DeviceMembers.ModelName, out _))
            json.WriteString(DeviceMembers.ModelName, number.GetString());
        json.WriteEndObject();
        json.Flush();
        PooledJson.Return(json);
        return output.WrittenMemory;
    }

    private static bool IsSystemId(ReadOnlySpan<byte> text) =>
        text.Length == DeviceObject.NoSystemId.Length && !text.ContainsAnyExcept("0123456789ABCDEF"u8);

    // "" and "0x0" are how other implementations say that it is not known.
    private static string? SystemIdOf(string text)
    {
        var digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        if (digits is "" or "0")
            return DeviceObject.NoSystemId;
        return digits.Length == DeviceObject.NoSystemId.Length && digits.All(char.IsAsciiHexDigit) ? digits.ToUpperInvariant() : null;
    }

    private static DeviceValidation Refused(HealthFault fault, string? member = null) =>
        new() { Refusal = new HealthRefusal(fault, "device", member) };
}
