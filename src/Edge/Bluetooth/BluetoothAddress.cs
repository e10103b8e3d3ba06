using System.Globalization;

namespace Dwapi.Edge.Bluetooth;

/// <summary>A BD address.</summary>
/// <param name="Bits">The 48 bits.</param>
/// <param name="IsRandom">True if it is of the random type.</param>
internal readonly record struct BluetoothAddress(ulong Bits, bool IsRandom = false)
{
    private const int TextLength = 17;

    /// <summary>What it says about the device.</summary>
    public BluetoothAddressKind Kind => !IsRandom ? BluetoothAddressKind.Public
        : Bits >> 46 == 3 ? BluetoothAddressKind.StaticRandom : BluetoothAddressKind.PrivateRandom;

    /// <summary>Reads <c>AA:BB:CC:00:11:22</c>.</summary>
    public static bool TryParse(string? text, out BluetoothAddress address)
    {
        address = default;
        var digits = text?.Length == TextLength ? text.Replace(":", "", StringComparison.Ordinal) : "";
        if (digits.Length != 12 || !ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits))
            return false;
        address = new BluetoothAddress(bits);
        return true;
    }

    /// <summary>Service id of a device that is known by its address.</summary>
    public string ServiceId => string.Create(CultureInfo.InvariantCulture, $"ble-{Bits:x12}");

    /// <inheritdoc/>
    public override string ToString() => string.Join(':', Bits.ToString("X12", CultureInfo.InvariantCulture).Chunk(2).Select(pair => new string(pair)));
}
