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
            _rules = Load();
            _readFrom = written;
            return _rules;
        }
    }

    /// <summary>Changes the rule of a device.</summary>
    /// <param name="address">The device.</param>
    /// <param name="change">Makes the new rule of the old one, or null to have none.</param>
    /// <exception cref="EdgeOptionsException">The file cannot be read or written.</exception>
    public void Change(BluetoothAddress address, Func<DeviceRule, DeviceRule?> change)
    {
        var rules = Load();
        rules.Remove(address.Bits, out var before);
        if (change(before ?? new DeviceRule { Address = address.ToString() }) is { } changed)
            rules.Add(address.Bits, changed);
        DeviceRule[] sorted = [.. rules.Values.OrderBy(rule => rule.Address, StringComparer.Ordinal)];
        try
        {
            Directory.CreateDirectory(folder);
            WholeFile.Write(Path, JsonSerializer.SerializeToUtf8Bytes(sorted, DeviceFilesJson.Default.DeviceRuleArray));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeOptionsException($"{Path} cannot be written: {e.Message} Check the disk and the right to write there.", e);
        }
    }

    // People write it too: an address in small letters, one that is there twice.
    private Dictionary<ulong, DeviceRule> Load()
    {
        try
        {
            var rules = new Dictionary<ulong, DeviceRule>();
            foreach (var rule in JsonSerializer.Deserialize(File.ReadAllBytes(Path), DeviceFilesJson.Default.DeviceRuleArray) ?? [])
            {
                if (!BluetoothAddress.TryParse(rule?.Address, out var address))
                    throw new EdgeOptionsException($"{Path}: {rule?.Address ?? "null"} is no address. Write AA:BB:CC:00:11:22.");
                if (!rules.TryAdd(address.Bits, rule! with { Address = address.ToString() }))
                    throw new EdgeOptionsException($"{Path}: {address} is there twice. Leave one of the two.");
            }

            return rules;
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
