namespace Dwapi.Edge.Tests.Gatt;

/// <summary>Bytes as the sources print them: hex with spaces.</summary>
internal static class Bytes
{
    public static byte[] Of(string hex) => Convert.FromHexString(hex.Replace(" ", ""));
}
