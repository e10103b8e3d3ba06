namespace Dwapi.Grains.Ports;

/// <summary>Seals what must not be stored in clear text.</summary>
public interface ISecretBox
{
    /// <summary>Seals a text.</summary>
    byte[] Seal(string secret);

    /// <summary>Opens it again; null when another key sealed it or it was changed.</summary>
    string? Open(ReadOnlySpan<byte> box);
}
