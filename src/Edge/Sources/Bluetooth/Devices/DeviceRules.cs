using System.Text.Json;
using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Files;

namespace Dwapi.Edge.Sources.Bluetooth.Devices;

/// <summary>devices.json: what the operator says of devices. Written by <c>dwapi-edge devices</c> or by hand, read by a running edge.</summary>
internal sealed class DeviceRules(string folder)
{
    private readonly Lock _lock = new();
    private IReadOnlyDictionary<ulong, DeviceRule> _rules = new Dictionary<ulong, DeviceRule>();
    private DateTime _readFrom;

    /// <summary>The file.</summary>
    public string Path { get; } = System.IO.Path.Combine(folder, "devices.json");

    /// <summary>The rules as the file says now.</summary>
    /// <exception cref="EdgeOptionsException">The file cannot be read.</exception>
    public IReadOnlyDictionary<ulong, DeviceRule> Read()
    {
        lock (_lock)
        {
            var written = File.GetLastWriteTimeUtc(Path);
            if (written == _readFrom)
                return _rules;
            _rules = Load().ToDictionary(rule => BluetoothAddress.TryParse(rule.Address, out var address)
                ? address.Bits : throw new EdgeOptionsException($"{Path}: {rule.Address} is no address. Write AA:BB:CC:00:11:22."));
            _readFrom = written;
            return _rules;
        }
    }

    /// <summary>Changes the rule of a device.</summary>
    /// <param name="address">The device.</param>
    /// <param name="change">Makes the new rule of the old one, or null to have none.</param>
    public void Change(BluetoothAddress address, Func<DeviceRule, DeviceRule?> change)
    {
        var rules = Load().ToList();
        var before = rules.Find(rule => rule.Address == address.ToString());
        rules.Remove(before!);
        if (change(before ?? new DeviceRule { Address = address.ToString() }) is { } changed)
            rules.Add(changed);
        Directory.CreateDirectory(folder);
        DeviceRule[] sorted = [.. rules.OrderBy(rule => rule.Address, StringComparer.Ordinal)];
        WholeFile.Write(Path, JsonSerializer.SerializeToUtf8Bytes(sorted, DeviceFilesJson.Default.DeviceRuleArray));
    }

    private DeviceRule[] Load()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path), DeviceFilesJson.Default.DeviceRuleArray) ?? [];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new EdgeOptionsException($"{Path} cannot be read: {e.Message}", e);
        }
    }
}
