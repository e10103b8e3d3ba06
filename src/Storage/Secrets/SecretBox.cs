using System.Security.Cryptography;
using System.Text;
using Dwapi.Grains.Ports;
using Dwapi.Grains.Settings;
using Microsoft.Extensions.Options;

namespace Dwapi.Storage.Secrets;

/// <summary>
/// AES-256-GCM with a key of its own in the data directory, apart from a database that somebody may copy. A silo with another data
/// directory cannot open what this one sealed.
/// </summary>
internal sealed class SecretBox : ISecretBox
{
    private const string FileName = "secrets.key";
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly Lazy<byte[]> _key;

    public SecretBox(IOptions<DwapiOptions> options)
    {
        var directory = options.Value.DataDirectory;

        // A store in memory has no directory, and nothing outlives its process.
        _key = new Lazy<byte[]>(() => directory.Length == 0 ? RandomNumberGenerator.GetBytes(KeyBytes) : ReadOrCreate(Path.Combine(directory, FileName)));
    }

    public byte[] Seal(string secret)
    {
        var text = Encoding.UTF8.GetBytes(secret);
        var box = new byte[NonceBytes + TagBytes + text.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(_key.Value, TagBytes);
        aes.Encrypt(box.AsSpan(0, NonceBytes), text, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes));
        return box;
    }

    public string? Open(ReadOnlySpan<byte> box)
    {
        if (box.Length < NonceBytes + TagBytes)
            return null;
        var text = new byte[box.Length - NonceBytes - TagBytes];
        try
        {
            using var aes = new AesGcm(_key.Value, TagBytes);
            aes.Decrypt(box[..NonceBytes], box[(NonceBytes + TagBytes)..], box.Slice(NonceBytes, TagBytes), text);
            return Encoding.UTF8.GetString(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static byte[] ReadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(path, create);
            file.Write(RandomNumberGenerator.GetBytes(KeyBytes));
            file.Flush(flushToDisk: true);
        }

        var key = File.ReadAllBytes(path);
        return key.Length == KeyBytes
            ? key
            : throw new DataDirectoryException($"{path} is no key of {KeyBytes} bytes. Delete it; what it sealed is then asked for anew.");
    }
}
