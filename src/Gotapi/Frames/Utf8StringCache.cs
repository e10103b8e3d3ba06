using System.Text;

namespace Dwapi.Gotapi.Frames;

/// <summary>
/// Turns the same few UTF-8 texts of a link (service ids, attributes) into the same strings again and again without allocating. One
/// per link; not safe for two threads.
/// </summary>
public sealed class Utf8StringCache
{
    private const int MostTexts = 16_384;

    private readonly Dictionary<string, string> _texts = new(Comparer.Instance);
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    /// <summary>Makes an empty cache.</summary>
    public Utf8StringCache() => _lookup = _texts.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>The string of a text.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (_lookup.TryGetValue(utf8, out var text))
            return text;

        // A peer that invents texts must not fill the memory.
        if (_texts.Count >= MostTexts)
            _texts.Clear();
        text = Encoding.UTF8.GetString(utf8);
        _texts[text] = text;
        return text;
    }

    private sealed class Comparer : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
    {
        public static readonly Comparer Instance = new();

        public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

        public int GetHashCode(string text)
        {
            Span<byte> bytes = stackalloc byte[LinkLimits.MaxIdLength * 3];
            return Encoding.UTF8.TryGetBytes(text, bytes, out var length) ? GetHashCode(bytes[..length]) : text.Length;
        }

        public string Create(ReadOnlySpan<byte> alternate) => Encoding.UTF8.GetString(alternate);

        public bool Equals(ReadOnlySpan<byte> alternate, string other)
        {
            Span<char> chars = stackalloc char[LinkLimits.MaxIdLength * 3];
            return alternate.Length <= chars.Length && Encoding.UTF8.TryGetChars(alternate, chars, out var length)
                && other.AsSpan().SequenceEqual(chars[..length]);
        }

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }
    }
}
